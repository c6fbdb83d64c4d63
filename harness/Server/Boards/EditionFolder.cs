using System.Globalization;
using System.IO.Compression;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Work;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Server.Boards;

/// <summary>Writes an edition of a board, with every text compressed beside itself, and takes old ones away.</summary>
internal static class EditionFolder
{
    private const int LeastCompressedBytes = 1024;
    private const int BufferBytes = 1 << 17;

    // Files of this size are for taking along. Best compression of gigabytes would take longer than making them.
    private const long LargeBytes = 64 << 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private static readonly string[] Texts = [".html", ".css", ".js", ".svg", ".json", ".csv", ".tex"];

    /// <summary>
    /// A name for the next edition: its number, which orders editions whatever the clock says, then its time and what it is
    /// made of. Earlier builds began with the time, and so come before all numbered ones.
    /// </summary>
    /// <param name="board">Folder of the board's editions.</param>
    /// <param name="now">The time.</param>
    /// <param name="fingerprint">Tells its content from others.</param>
    public static string NextName(string board, DateTimeOffset now, string fingerprint)
    {
        var last = BoardFolder.Editions(board).Select(path => NumberOf(Path.GetFileName(path))).DefaultIfEmpty(0).Max();
        return string.Create(
            CultureInfo.InvariantCulture, $"e{last + 1:00000000}-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{fingerprint}");
    }

    /// <summary>Writes an edition beside the others, which becomes the current one in one step.</summary>
    /// <param name="board">Folder of the board's editions.</param>
    /// <param name="name">Name of the edition, greater than that of every older one.</param>
    /// <param name="files">The whole site.</param>
    /// <param name="entries">Entries on it.</param>
    /// <param name="decisions">The decisions that it holds.</param>
    /// <param name="token">Ends it.</param>
    public static void Write(
        string board, string name, IReadOnlyList<SiteFile> files, IEnumerable<EditionEntry> entries, EditionDecisions decisions,
        CancellationToken token)
    {
        // What an earlier try left, cut off or for want of room, may be as large as what is to come.
        RemoveHalf(board);
        var fresh = Path.Combine(board, $".new-{name}");
        foreach (var file in files)
        {
            token.ThrowIfCancellationRequested();
            var path = Path.Combine(fresh, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = File.Create(path, BufferBytes))
            {
                file.WriteTo(stream);
            }

            if (Texts.Contains(Path.GetExtension(path)))
            {
                Compress(path);
            }
        }

        File.WriteAllLines(Path.Combine(fresh, BoardFolder.EntriesFile), entries.Select(one => one.ToString()));
        decisions.WriteTo(fresh);
        Directory.Move(fresh, Path.Combine(board, name));
        Tidy(board);
    }

    private static int NumberOf(string name) =>
        name[0] == 'e' && int.TryParse(name[1..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : 0;

    private static void RemoveHalf(string board)
    {
        foreach (var half in Directory.Exists(board) ? Directory.GetDirectories(board, ".new-*") : [])
        {
            OwnFolder.Remove(half);
        }
    }

    private static void Compress(string path)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        if (source.Length >= LeastCompressedBytes)
        {
            using var target = File.Create(path + ".gz");
            using var gzip = new GZipStream(target, source.Length < LargeBytes ? CompressionLevel.Optimal : CompressionLevel.Fastest);
            source.CopyTo(gzip, BufferBytes);
        }
    }

    /// <summary>An edition is kept for a while after the next one has come: somebody may be reading it.</summary>
    private static void Tidy(string board)
    {
        var editions = BoardFolder.Editions(board);
        foreach (var (old, next) in editions.Zip(editions.Skip(1)))
        {
            // A time that lies ahead is of a clock that went back since: it tells as little as one long past.
            if ((DateTime.UtcNow - Directory.GetLastWriteTimeUtc(next)).Duration() > KeptFor)
            {
                OwnFolder.Remove(old);
            }
        }
    }
}
