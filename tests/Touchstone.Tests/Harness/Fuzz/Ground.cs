namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>
/// A folder with everything that some commands read, which is put back as it was after every trial. Only what a trial
/// changed is written again.
/// </summary>
internal sealed class Ground : IDisposable
{
    private readonly IDisposable? _owner;
    private readonly Dictionary<string, (byte[] Content, DateTime Stamp)> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>Remembers a folder as it is.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="owner">What goes when this goes.</param>
    public Ground(string root, IDisposable? owner = null)
    {
        (Root, _owner) = (root, owner);
        foreach (var folder in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories))
        {
            _folders.Add(folder);
        }

        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            _files.Add(file, (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file)));
        }

        // One of a kind is chosen first, so that twenty masks do not hide the one case list.
        Kinds = [.. _files.Keys.Order(StringComparer.Ordinal).GroupBy(KindOf).Select(group => group.ToArray())];
    }

    /// <summary>The folder, an absolute path.</summary>
    public string Root { get; }

    /// <summary>Its files, those of one kind together.</summary>
    public IReadOnlyList<string[]> Kinds { get; }

    /// <summary>What a file was before it was damaged.</summary>
    /// <param name="path">The file.</param>
    public byte[] Sound(string path) => _files[path].Content;

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        var missing = new HashSet<string>(_files.Keys, StringComparer.Ordinal);
        Clean(new DirectoryInfo(Root), missing);
        foreach (var folder in _folders)
        {
            Directory.CreateDirectory(folder);
        }

        foreach (var path in missing)
        {
            File.WriteAllBytes(path, _files[path].Content);
            _files[path] = _files[path] with { Stamp = File.GetLastWriteTimeUtc(path) };
        }
    }

    public void Dispose()
    {
        if (_owner is not null)
        {
            _owner.Dispose();
        }
        else
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private void Clean(DirectoryInfo folder, HashSet<string> missing)
    {
        foreach (var one in folder.EnumerateFileSystemInfos())
        {
            var isFolder = one is DirectoryInfo && one.LinkTarget is null;
            if (isFolder && _folders.Contains(one.FullName))
            {
                Clean((DirectoryInfo)one, missing);
            }
            else if (isFolder)
            {
                Directory.Delete(one.FullName, recursive: true);
            }
            else if (one.LinkTarget is null && _files.TryGetValue(one.FullName, out var known) && known.Stamp == one.LastWriteTimeUtc)
            {
                missing.Remove(one.FullName);
            }
            else
            {
                File.Delete(one.FullName);
            }
        }
    }

    private string KindOf(string path)
    {
        var parts = Path.GetRelativePath(Root, path).Split('/');
        var name = parts[^1];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return string.Join(' ', parts[..Math.Min(parts.Length - 1, 2)]) + (parts.Length > 4 ? " deep " : " ")
            + (dot > 0 ? name[dot..] : name);
    }
}
