namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>A file system of a few megabytes, mounted for one test. Needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int megabytes) =>
        CommandRun.Of("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.Path).Succeeded();

    public string Path => _folder.Path;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = File.Create(Ballast);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        CommandRun.Of("umount", _folder.Path).Succeeded();
        _folder.Dispose();
    }
}
