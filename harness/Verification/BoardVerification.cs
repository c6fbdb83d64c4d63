using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Boards;
using Touchstone.Harness.Server.Work;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Verification;

/// <summary>Whether the store, and the boards of a server, are what the files of a workspace give.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="manifest">The datasets; null to leave boards alone.</param>
/// <param name="current">What the files that hold say.</param>
internal sealed class BoardVerification(Workspace workspace, Manifest? manifest, IReadOnlySet<StoredDigest> current)
{
    private const int MostNamed = 5;

    /// <summary>Compares.</summary>
    /// <param name="problems">Where problems go; those of files are there already.</param>
    /// <returns>In one line whether the boards follow.</returns>
    public string Run(List<string> problems)
    {
        var before = problems.Count;
        try
        {
            if (Store(problems) is { } behind)
            {
                return behind;
            }

            if (problems.Count == 0 && manifest is not null)
            {
                return Boards(problems);
            }
        }
        catch (IOException fault) when (fault.HResult == Sqlite.MayOnlyBeRead)
        {
            return $"Whether the boards follow cannot be told here: {fault.Message}"; // SQLite wants to write beside what it reads
        }
        catch (Exception fault) when (WorkspaceVerification.IsOfAFile(fault))
        {
            problems.Add(fault.Message);
        }

        return problems.Count > before ? "The boards do not follow from the files: see above."
            : problems.Count > 0 ? "The boards cannot follow from the files until these are mended; the store holds what the others say."
            : "The store holds what the files say. Boards were not made again: name the datasets with --manifest.";
    }

    /// <summary>Compares the store; gives the line at once where it holds less than the files.</summary>
    private string? Store(List<string> problems)
    {
        if (!Path.Exists(workspace.StorePath))
        {
            return "There is no store yet: the next command makes it from the files.";
        }

        RegularFile.Demand(workspace.StorePath);
        using var store = ResultStore.OpenAsItIs(workspace.StorePath);
        if (store is null)
        {
            return "The store is of an older build: the next command makes it anew from the files.";
        }

        var stored = store.ReadDigests().ToHashSet();
        var known = current.Select(KeyOf).ToHashSet();
        var changed = stored.Except(current).Where(one => known.Contains(KeyOf(one))).Select(one => ResultIndex.Changed(PathOf(one)));
        var gone = stored.Where(one => !known.Contains(KeyOf(one))).Select(PathOf).Where(path => !Path.Exists(path))
            .Select(path => $"{path} is gone: the store has what it said. Restore it from a backup; where it was taken away on "
                + "purpose, the next command forgets it.");
        string[] wrong = [.. changed.Concat(gone).Order(StringComparer.Ordinal)];
        problems.AddRange(wrong.Take(MostNamed));
        if (wrong.Length > MostNamed)
        {
            problems.Add($"So it is with {wrong.Length - MostNamed} more.");
        }

        var missing = known.Except(stored.Select(KeyOf)).Count();
        return missing > 0 && problems.Count == 0
            ? $"The store does not have {missing} of the results yet: the next command adds them, and boards follow then." : null;
    }

    private static (string, string, string?) KeyOf(StoredDigest one) => (one.Entry, one.Dataset, one.Case);

    private string PathOf(StoredDigest one) => one.Case is null ? workspace.ImportPath(one.Dataset, one.Entry)
        : ResultFile.Current(workspace.CasePath(one.Entry, one.Dataset, one.Case));

    private string Boards(List<string> problems)
    {
        using var store = ResultIndex.OpenCurrent(workspace);
        var folder = new BoardFolder(workspace);
        var (boards, editions) = (0, 0);
        foreach (var rules in BoardList.Entered(workspace, []))
        {
            var content = BoardContent.Read(rules, manifest!, workspace, store);
            if (content.IsEmpty)
            {
                continue;
            }

            boards++;
            if (folder.Current(rules) is { } edition)
            {
                editions++;
                var entries = BoardPublisher.Entries(content.ToBoard().Standings).ToDictionary(one => one.Id, StringComparer.Ordinal);
                if (edition.Entries.Values.FirstOrDefault(one => entries.GetValueOrDefault(one.Id) != one) is { } other)
                {
                    problems.Add(
                        $"{edition.Folder} shows {other.Id} with other means than the files give, or shows it although it is out. A server "
                        + "makes the board anew within the hour; `touchstone publish` does so at once.");
                }
            }
        }

        return problems.Count > 0 ? "The boards do not follow from the files: see above."
            : $"The boards follow from the files: the store holds what they say, {boards} boards can be made of it, {editions} that are served say the same.";
    }
}
