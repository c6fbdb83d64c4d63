using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Boards;

/// <summary>
/// Writes a site into a folder as a whole: readers find the old site or the new one, never half of one.
/// </summary>
public static class SiteFolder
{
    // Only a folder with this file in it is ever replaced.
    private const string Marker = ".touchstone-site";

    /// <summary>Writes the files, replacing a site that stood there before.</summary>
    /// <param name="folder">Absent, empty, or an earlier site.</param>
    /// <param name="files">The whole site.</param>
    /// <exception cref="IOException">The folder holds something else.</exception>
    public static void Write(string folder, IReadOnlyList<SiteFile> files)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()
            && !File.Exists(Path.Combine(target, Marker)))
        {
            throw new IOException(
                $"{folder} holds files that touchstone did not publish, and would be replaced as a whole: name a new folder.");
        }

        var fresh = $"{target}.new-{Environment.ProcessId}";
        var old = $"{target}.old-{Environment.ProcessId}";
        foreach (var file in files)
        {
            var path = Path.Combine(fresh, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = File.Create(path);
            file.WriteTo(stream);
        }

        File.WriteAllText(Path.Combine(fresh, Marker), "Published by touchstone; replaced as a whole by the next publication.\n");
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(fresh, target);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
