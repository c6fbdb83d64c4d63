using System.Text;

namespace Touchstone.Harness.Runs;

/// <summary>
/// <c>decisions.journal</c>: every decision of a workspace once more, a line each, in their order. A line holds the file's
/// text and the hash of the line before, so that it shows when a file or a line is lost or changed, the last one too.
/// </summary>
/// <param name="workspace">Whose decisions.</param>
public sealed partial class DecisionJournal(Workspace workspace)
{
    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(workspace.Root, "decisions.journal");

    /// <summary>
    /// Keeps a decision. Its text is forced to the disk under a name that nobody reads, then into the journal, and only then
    /// gets its own name: whenever the machine stops, either nothing was decided, or <see cref="Read"/> ends what was begun.
    /// </summary>
    /// <param name="path">The decision's file.</param>
    /// <param name="content">All of it.</param>
    /// <returns>False when there is such a file already; it is left as it is.</returns>
    /// <exception cref="InvalidDataException">The journal is damaged or lost: nothing may be written behind that.</exception>
    public bool Keep(string path, byte[] content)
    {
        using var hold = Hold();
        using var file = Open();
        var lines = Lines(file, out var end);
        if (lines.Count == 0)
        {
            Begin(file);
            lines = Lines(file, out end);
        }

        if (System.IO.Path.Exists(path))
        {
            return false;
        }

        file.SetLength(end); // of a line that was broken off, nothing came
        file.Position = end;
        return DurableFile.WriteOnce(path, content, beforeNaming: () => Append(file, lines.LastOrDefault(), path, content));
    }

    /// <summary>Begins the journal from the decisions that there are, in a workspace of an older build.</summary>
    /// <exception cref="InvalidDataException">There was a journal, and it is lost.</exception>
    public void BeginIfAbsent()
    {
        if (!System.IO.Path.Exists(Path) && DecisionFiles().Any())
        {
            using var hold = Hold();
            using var file = Open();
            if (file.Length == 0)
            {
                Begin(file);
            }
        }
    }

    /// <summary>Begins it again from the decisions that there are, and keeps what was there beside it.</summary>
    /// <param name="now">Names what is kept.</param>
    public void Restart(DateTimeOffset now)
    {
        using var hold = Hold();
        if (System.IO.Path.Exists(Path))
        {
            File.Move(Path, FormattableString.Invariant($"{Path}.{now:yyyyMMdd'T'HHmmssfff}"));
        }

        using var file = Open();
        Begin(file, isAgain: true);
    }

    /// <summary>Reads it and ends a decision that the machine stopped in.</summary>
    /// <returns>The lines in their order; none where there is no journal.</returns>
    /// <exception cref="InvalidDataException">A line was changed or lost.</exception>
    internal IReadOnlyList<JournalLine> Read()
    {
        if (!System.IO.Path.Exists(Path))
        {
            return [];
        }

        RegularFile.Demand(Path);
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var lines = Lines(file, out _);
        foreach (var line in lines.Where(line => !System.IO.Path.Exists(FullPath(line.File))))
        {
            DurableFile.EndNaming(FullPath(line.File), Encoding.UTF8.GetBytes(line.Content));
        }

        return lines;
    }

    /// <summary>Everything that is wrong with decisions, each with its file; empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        try
        {
            var lines = Read();
            if (lines.Count == 0)
            {
                return LostSince() is { } file ? [Lost(file)] : [];
            }

            var known = lines.Select(line => line.File).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. lines.Select(Problem).OfType<string>(),
                .. DecisionFiles().Where(file => !known.Contains(file)).Select(file =>
                    $"{FullPath(file)} is not in {Path}: lines of the journal are lost, or somebody put the file there. {WayOut}"),
            ];
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [fault.Message];
        }
    }

    /// <summary>How many decisions there are, in files.</summary>
    /// <param name="isWhole">False where the last line was broken off while it was written.</param>
    /// <param name="isThere">Whether there is a journal.</param>
    internal int Count(out bool isWhole, out bool isThere)
    {
        (isWhole, isThere) = (true, File.Exists(Path) && RegularFile.Fault(Path) is null);
        if (isThere)
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            isWhole = file.Length == 0 || (file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() == '\n');
        }

        return DecisionFiles().Count();
    }

    /// <summary>Refuses to go on where a decision is lost or was changed: without it a board would be another one.</summary>
    /// <exception cref="InvalidDataException">There is a problem.</exception>
    public void Demand()
    {
        if (Problems() is [var problem, ..])
        {
            throw new InvalidDataException(problem);
        }
    }

    private static string WayOut => "Restore it from a backup; where there is none, `touchstone reindex --restart-journal` begins the "
        + "journal again from the decisions that there are.";

    private string? Problem(JournalLine line)
    {
        var path = FullPath(line.File);
        if (!System.IO.Path.Exists(path))
        {
            return $"{path} is lost: it is a decision, and line {line.Number} of {Path} has its text. {WayOut}";
        }

        return RegularFile.Fault(path) ?? (File.ReadAllBytes(path).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(line.Content)) ? null
            : $"{path} is not what was decided: line {line.Number} of {Path} has another text. {WayOut}");
    }

    private void Begin(FileStream file, bool isAgain = false)
    {
        if (!isAgain && LostSince() is { } lost)
        {
            throw new InvalidDataException(Lost(lost));
        }

        file.SetLength(0);
        JournalLine? last = null;
        foreach (var path in DecisionFiles().Select(FullPath))
        {
            last = Append(file, last, path, RegularFile.ReadAllBytes(path));
        }
    }

    /// <summary>A decision that says that there is a journal, where there is none; null otherwise.</summary>
    private string? LostSince() => DecisionFiles().FirstOrDefault(file =>
        RegularFile.Fault(FullPath(file)) is null && File.ReadAllText(FullPath(file)).Contains("\"journalled\": true", StringComparison.Ordinal));

    private string Lost(string file) => $"{Path} is lost or empty, although {FullPath(file)} was written into it. {WayOut}";
}
