using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Boards;

/// <summary>
/// Writes a site into a folder as a whole: readers find the old site or the new one, never half of one and never none. The
/// new one is written beside the old, as <c>FOLDER.new-…</c>, and the two change places in one step.
/// </summary>
public static class SiteFolder
{
    // Only a folder with this file in it is ever replaced or removed. Open, it says that somebody is at work there.
    private const string Marker = ".touchstone-site";
    private const int NameLength = 32;

    /// <summary>Writes the files, replacing a site that stood there before.</summary>
    /// <param name="folder">Absent, empty, an earlier site, or a link to one of these, which stays.</param>
    /// <param name="files">The whole site.</param>
    /// <exception cref="IOException">The folder holds something else.</exception>
    public static void Write(string folder, IReadOnlyList<SiteFile> files) => Write(folder, files, DurableFile.TryExchange);

    /// <summary>The same, with another way to exchange two folders.</summary>
    /// <param name="folder">As above.</param>
    /// <param name="files">The whole site.</param>
    /// <param name="tryExchange">Exchanges two folders in one step; false where that cannot be.</param>
    internal static void Write(string folder, IReadOnlyList<SiteFile> files, Func<string, string, bool> tryExchange)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (new DirectoryInfo(target).LinkTarget is not null)
        {
            target = Directory.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()
            && !File.Exists(Path.Combine(target, Marker)))
        {
            throw new IOException(
                $"{folder} holds files that touchstone did not publish, and would be replaced as a whole: name a new folder.");
        }

        RemoveLeftovers(target);
        var fresh = $"{target}.new-{Guid.NewGuid():N}";
        Directory.CreateDirectory(fresh);
        try
        {
            using var hold = Hold(fresh, FileMode.CreateNew);
            WriteFiles(fresh, files);
            Replace(target, fresh, tryExchange);
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true); // the old site, or half of one for which there was no room
            }
        }
    }

    private static void WriteFiles(string fresh, IReadOnlyList<SiteFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(fresh, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = File.Create(path);
            file.WriteTo(stream);
        }
    }

    private static void Replace(string target, string fresh, Func<string, string, bool> tryExchange)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(fresh, target);
            return;
        }

        if (tryExchange(fresh, target))
        {
            return;
        }

        // Some network disks cannot exchange. There the site is away between two renames, and comes back when the second fails.
        var old = $"{target}.old-{Guid.NewGuid():N}";
        Directory.Move(target, old);
        try
        {
            Directory.Move(fresh, target);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Directory.Move(old, target);
            throw;
        }

        Directory.Move(old, fresh);
    }

    /// <summary>What earlier publications left beside the site when they were killed: half of a new one, or the old one.</summary>
    private static void RemoveLeftovers(string target)
    {
        var parent = Path.GetDirectoryName(target)!;
        foreach (var left in Directory.Exists(parent) ? Directory.GetDirectories(parent, $"{Path.GetFileName(target)}.*") : [])
        {
            if (left.StartsWith(target, StringComparison.Ordinal) && IsLeftover(left[target.Length..]) && !OwnFolder.IsLink(left)
                && File.Exists(Path.Combine(left, Marker)) && !IsHeld(left)
                && (Directory.Exists(target) || !TryBringBack(left, target)))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    /// <summary>Without a site, an old one that was on its way out goes back in its place.</summary>
    private static bool TryBringBack(string left, string target)
    {
        if (!left[target.Length..].StartsWith(".old-", StringComparison.Ordinal))
        {
            return false;
        }

        Directory.Move(left, target);
        return true;
    }

    /// <summary>Whether the end of a name is of ours: 32 digits, or the number of a process in earlier builds.</summary>
    private static bool IsLeftover(string end) => (end.StartsWith(".new-", StringComparison.Ordinal) || end.StartsWith(".old-", StringComparison.Ordinal))
        && end[5..] is var name
        && (name.Length == NameLength ? name.All(char.IsAsciiHexDigitLower) : name.Length > 0 && name.All(char.IsAsciiDigit));

    /// <summary>Whether another process is at work there; the system lets go when it ends, however it ends.</summary>
    private static bool IsHeld(string folder)
    {
        try
        {
            Hold(folder, FileMode.Open).Dispose();
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static FileStream Hold(string folder, FileMode mode)
    {
        var file = new FileStream(Path.Combine(folder, Marker), mode, FileAccess.ReadWrite, FileShare.None);
        if (mode == FileMode.CreateNew)
        {
            file.Write(Encoding.ASCII.GetBytes("Published by touchstone; replaced as a whole by the next publication.\n"));
            file.Flush();
        }

        return file;
    }
}
