namespace Touchstone.Harness.Runs;

/// <summary>
/// Folders that are ours to read, clean and copy. A link in one would lead to what is somebody else's, so none is followed:
/// the folder that everything starts from may be reached by one, and nothing below it.
/// </summary>
internal static class OwnFolder
{
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>A path below a folder, whether there is anything or not.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="names">Names of the steps down from it.</param>
    /// <exception cref="IOException">A step is a link.</exception>
    public static string Below(string root, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            root = Own(Path.Combine(root, name));
        }

        return root;
    }

    /// <summary>The folders in a folder; none where it is absent.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">One of them is a link.</exception>
    public static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(Own) : [];

    /// <summary>Every plain file of a folder and of those below; links and what they lead to are left out.</summary>
    /// <param name="folder">The folder; it may be absent.</param>
    /// <param name="pattern">Which names.</param>
    public static IEnumerable<string> Files(string folder, string pattern = "*") =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, WithoutLinks) : [];

    /// <summary>The same with the folders.</summary>
    /// <param name="folder">The folder; it may be absent.</param>
    public static IEnumerable<string> Entries(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, "*", WithoutLinks) : [];

    /// <summary>Takes a folder away with all that is in it, and not what links lead to; one that is absent is no error.</summary>
    /// <param name="folder">The folder. Of a link in its place the link alone goes.</param>
    public static void Remove(string folder)
    {
        if (IsLink(folder))
        {
            File.Delete(folder);
        }
        else if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true); // does not go through links
        }
    }

    /// <summary>Leaves a folder there with nothing in it.</summary>
    /// <param name="folder">The folder.</param>
    public static void Empty(string folder)
    {
        Remove(folder);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Whether a path is a link itself, wherever it leads.</summary>
    /// <param name="path">The path.</param>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static string Own(string path) => new FileInfo(path).LinkTarget is { } target
        ? throw new IOException(
            $"{path} is a link to {target}, and nothing is read, cleaned or copied through links. Put the folder itself in its place, "
            + "or mount it there.")
        : path;
}
