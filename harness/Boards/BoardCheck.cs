using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Boards;

/// <summary>
/// Holds the results of a board against each other and against what they were made from. Each was looked at by itself when
/// the store was filled; here it shows when one of them lacks what it should have.
/// </summary>
/// <param name="store">The index of results, brought up to date.</param>
/// <param name="contest">What is expected.</param>
/// <param name="workspace">Where the results lie.</param>
internal sealed class BoardCheck(ResultStore store, Contest contest, Workspace workspace)
{
    /// <summary>Refuses results that contradict each other, or their rules, or the reference masks.</summary>
    /// <param name="datasets">The contest's datasets with their cases.</param>
    /// <exception cref="InvalidDataException">They do.</exception>
    public void Demand(IReadOnlyList<(Dataset Dataset, IReadOnlyList<DatasetCase> Cases)> datasets)
    {
        try
        {
            Compare(datasets);
        }
        catch (InvalidDataException)
        {
            // Single columns were compared. Where the store is damaged, reading the results whole says so, which goes first.
            _ = store.Results(contest).Count();
            throw;
        }
    }

    private void Compare(IReadOnlyList<(Dataset Dataset, IReadOnlyList<DatasetCase> Cases)> datasets)
    {
        if (store.FindOtherMetrics(contest) is { } other)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{PathOf(other.EntryId, other.Dataset, other.CaseId)} was scored by {other.Protocol} at {other.ToleranceMm} mm, challenge {contest.Id} says {contest.Protocol} at {contest.ToleranceMm} mm. ")
                + "Nothing is averaged over two definitions: rank by the rules that were entered.");
        }

        if (store.FindMixedReferences(contest) is [var (dataset, one, version), ..])
        {
            throw new InvalidDataException(
                $"Results on {dataset}/{one} were scored against different reference masks, all called version {version}. Raise "
                + $"\"reference-version\" of {dataset} in the manifest, then run `touchstone rescore --dataset {dataset}`.");
        }

        DemandStructures(datasets.SelectMany(one => one.Cases).ToDictionary(one => (one.Dataset, one.Id)));
    }

    private void DemandStructures(Dictionary<(string Dataset, string Case), DatasetCase> cases)
    {
        var annotated = new Dictionary<(string, string), IReadOnlyList<string>?>();
        foreach (var found in store.ReadStructureSets(contest))
        {
            var key = (found.Dataset, found.CaseId);
            var item = cases[key];
            if (found.ReferenceVersion != item.ReferenceVersion)
            {
                continue; // stale, and shown as that
            }

            if (!annotated.TryGetValue(key, out var wanted))
            {
                annotated[key] = wanted = Annotated(item);
            }

            if (wanted is not null && !found.Is(wanted))
            {
                throw Unequal(found, wanted, "the reference masks of the case");
            }
        }

        if (store.FindUnequalStructures(contest) is { } unequal)
        {
            var others = store.Results(contest).Where(
                result => (result.Case.Dataset, result.Case.Case) == (unequal.Dataset, unequal.CaseId)).ToList();
            var most = others.MaxBy(result => result.Scores.Count)!;
            var least = others.MinBy(result => result.Scores.Count)!;
            throw Unequal(
                unequal with { EntryId = least.Entry.Id }, [.. most.Scores.Select(score => score.Structure)],
                PathOf(most.Entry.Id, unequal.Dataset, unequal.CaseId));
        }
    }

    private InvalidDataException Unequal(StructureCount found, IReadOnlyList<string> wanted, string like)
    {
        var result = store.Results(contest).OfEntry(found.EntryId)
            .First(one => (one.Case.Dataset, one.Case.Case) == (found.Dataset, found.CaseId));
        var has = result.Scores.Select(score => score.Structure).ToList();
        var path = PathOf(found.EntryId, found.Dataset, found.CaseId);
        string[] lacks = [.. wanted.Except(has)];
        return new InvalidDataException(
            (lacks.Length > 0 ? $"{path} has no score of {string.Join(", ", lacks)}, which {like} has."
                : $"{path} has a score of {string.Join(", ", has.Except(wanted))}, which {like} has not.")
            + " Restore it from a backup, or move it away to run that case again. If masks were added or taken away, raise "
            + $"\"reference-version\" of {found.Dataset} in the manifest and run `touchstone rescore --dataset {found.Dataset}`.");
    }

    /// <summary>The structures that a case has reference masks of; null where the masks are not on this machine.</summary>
    private IReadOnlyList<string>? Annotated(DatasetCase item)
    {
        if (!Path.Exists(item.SegmentationsPath))
        {
            return null;
        }

        try
        {
            return [.. contest.Structures.Intersect(item.ReadReference().FindStructures())];
        }
        catch (VolumeException)
        {
            return null; // what `datasets verify` is for
        }
    }

    private string PathOf(string entry, string dataset, string caseId)
    {
        var folder = workspace.CasePath(entry, dataset, caseId);
        return ResultFile.Current(folder);
    }
}
