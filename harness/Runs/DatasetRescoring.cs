using Touchstone.Harness.Datasets;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>What scoring a dataset again came to, in results.</summary>
/// <param name="Rescored">Scored against corrected masks.</param>
/// <param name="Unchanged">Taken over, because their masks are the same.</param>
/// <param name="Current">Of the present masks already.</param>
/// <param name="Failed">That could not be scored again.</param>
public sealed record RescoreSummary(int Rescored, int Unchanged, int Current, int Failed)
{
    /// <summary>The same in a sentence.</summary>
    /// <param name="dataset">The dataset.</param>
    public string Describe(Dataset dataset) =>
        $"Reference version {dataset.ReferenceVersion} of {dataset.Id}: {Counted.Of(Rescored, "result")} scored again, {Unchanged} taken over "
        + $"because of unchanged masks, {Current} current already, {Failed} failed.";
}

/// <summary>Scores the kept predictions of all entries on a dataset again; see <see cref="Rescoring"/>.</summary>
public static class DatasetRescoring
{
    /// <summary>Scores them. Doing it twice is harmless.</summary>
    /// <param name="workspace">Whose results.</param>
    /// <param name="manifest">Where the dataset is described.</param>
    /// <param name="dataset">The dataset, with cases on this machine.</param>
    /// <param name="only">One case alone; null for all.</param>
    /// <param name="clock">For the time of scoring.</param>
    /// <param name="tell">Told why a result could not be scored again.</param>
    /// <param name="token">Stops it between results.</param>
    public static RescoreSummary Run(
        Workspace workspace, Manifest manifest, Dataset dataset, string? only, TimeProvider clock, Action<string> tell,
        CancellationToken token)
    {
        var cases = CaseList.Read(dataset).ToDictionary(one => one.Id, StringComparer.Ordinal);
        ResultIndex.OpenCurrent(workspace).Dispose(); // so that the index knows which file each result came from
        var rescoring = new Rescoring(workspace, manifest.Sha256, clock);
        var results = ResultFile.FindCurrent(workspace).Select(ResultFile.Read)
            .Where(result => result.Case.Dataset == dataset.Id && (only is null || result.Case.Case == only))
            .Where(result => cases.ContainsKey(result.Case.Case));
        var counts = new int[3];
        var failed = 0;
        foreach (var result in results)
        {
            token.ThrowIfCancellationRequested();
            if (TryRescore(workspace, rescoring, result, cases[result.Case.Case], tell) is { } outcome)
            {
                counts[(int)outcome]++;
            }
            else
            {
                failed++;
            }
        }

        ResultIndex.OpenCurrent(workspace).Dispose();
        StaleBoards.Mark(workspace);
        return new RescoreSummary(
            counts[(int)RescoreOutcome.Rescored], counts[(int)RescoreOutcome.Unchanged], counts[(int)RescoreOutcome.Current], failed);
    }

    private static RescoreOutcome? TryRescore(
        Workspace workspace, Rescoring rescoring, CaseResult result, DatasetCase item, Action<string> tell)
    {
        try
        {
            return rescoring.Rescore(result, ChallengeRules.Read(workspace, result.Entry.Challenge), item);
        }
        catch (Exception fault) when (fault is InvalidDataException or DatasetFaultException or IOException)
        {
            tell(fault.Message);
            return null;
        }
    }
}
