namespace Touchstone.Harness.Sandbox;

/// <summary>The seccomp profile as a file that only this user can write, for an engine of the same machine. Disposing takes it away.</summary>
internal sealed class SeccompFile : IDisposable
{
    private readonly string _folder;

    private SeccompFile(string folder) => _folder = folder;

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(_folder, "seccomp.json");

    /// <summary>Writes it into a new folder below the system's temporary one.</summary>
    public static SeccompFile Make()
    {
        var file = new SeccompFile(Directory.CreateTempSubdirectory("touchstone-seccomp-").FullName);
        File.WriteAllText(file.Path, SeccompProfile.Json);
        return file;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(Path);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder);
        }
    }
}
