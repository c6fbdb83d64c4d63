using System.Text;
using System.Text.Json;

namespace Touchstone.Harness.Runs;

/// <content>The lines, and the files that they are about.</content>
public sealed partial class DecisionJournal
{
    private const string NothingBefore = "";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(20);

    private JournalLine Append(FileStream file, JournalLine? last, string path, byte[] content)
    {
        var line = new JournalLine(
            (last?.Number ?? 0) + 1, last?.Sha256() ?? NothingBefore,
            System.IO.Path.GetRelativePath(workspace.Root, path).Replace(System.IO.Path.DirectorySeparatorChar, '/'),
            Encoding.UTF8.GetString(content));
        var begin = file.Position;
        try
        {
            file.Write([.. line.ToBytes(), (byte)'\n']);
            file.Flush(flushToDisk: true);
            return line;
        }
        catch (IOException)
        {
            file.SetLength(begin); // a full disk: a line that stayed would tell of a decision that was not made
            throw;
        }
    }

    /// <summary>The whole lines, and where they end: what follows was broken off while it was written.</summary>
    private List<JournalLine> Lines(FileStream file, out long end)
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        List<JournalLine> lines = [];
        foreach (var text in Encoding.UTF8.GetString(bytes, 0, (int)end).Split('\n')[..^1])
        {
            lines.Add(Line(text, lines.LastOrDefault()));
        }

        return lines;
    }

    private JournalLine Line(string text, JournalLine? before)
    {
        var number = (before?.Number ?? 0) + 1;
        try
        {
            var line = JsonSerializer.Deserialize(text, JournalJsonContext.Lines.JournalLine) ?? throw new JsonException("It is empty.");
            return line.Number == number && line.Previous == (before?.Sha256() ?? NothingBefore)
                && Encoding.UTF8.GetString(line.ToBytes()) == text && !line.File.Split('/').Contains("..")
                ? line : throw new JsonException("It does not follow from the line before: a line was changed or lost.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{Path}, line {number}: {fault.Message} {WayOut}", fault);
        }
    }

    /// <summary>Waits until no other process decides, and keeps them from it.</summary>
    private IDisposable Hold()
    {
        for (var until = DateTime.UtcNow + Patience; ; Thread.Sleep(LooksEvery))
        {
            try
            {
                return workspace.LockDecisions();
            }
            catch (WorkspaceBusyException) when (DateTime.UtcNow < until)
            {
            }
        }
    }

    private FileStream Open()
    {
        RegularFile.DemandWhereThere(Path);
        return new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    private string FullPath(string file) => System.IO.Path.Combine(workspace.Root, file);

    /// <summary>The decisions that there are, as the journal names them.</summary>
    private IEnumerable<string> DecisionFiles() => Below("submissions", "decisions").Concat(Below("releases", ""))
        .Select(path => System.IO.Path.GetRelativePath(workspace.Root, path).Replace(System.IO.Path.DirectorySeparatorChar, '/'))
        .Order(StringComparer.Ordinal);

    private IEnumerable<string> Below(string folder, string last)
    {
        var root = System.IO.Path.Combine(workspace.Root, folder);
        return (Directory.Exists(root) ? Directory.EnumerateDirectories(root) : [])
            .Select(one => System.IO.Path.Combine(one, last)).Where(Directory.Exists)
            .SelectMany(one => Directory.EnumerateFileSystemEntries(one, "*.json"))
            .Where(path => !System.IO.Path.GetFileName(path).StartsWith('.'));
    }
}
