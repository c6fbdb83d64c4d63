using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>What became of an entry's runs: coverage, time and false positives.</summary>
internal static class Runs
{
    /// <summary>Coverage and seconds of one entry on one scope.</summary>
    public static Coverage Cover(CountedScores scores, Entry entry, Scope scope)
    {
        var expected = scores.Cases.Where(one => one.IsIn(scope)).ToArray();
        var ran = expected.Select(one => scores.Result(entry, one)).OfType<CaseResult>().ToArray();
        double[] seconds = [.. ran.Select(CountedSeconds)];
        return new Coverage
        {
            Scope = scope,
            Expected = expected.Length,
            Scored = expected.Count(one => scores.IsScored(entry, one)),
            Missing = expected.Count(one => !scores.HasArrived(entry, one)),
            Endings = ran.GroupBy(result => result.Ending).OrderBy(group => group.Key)
                .ToDictionary(group => group.Key, group => group.Count()),
            Stale = expected.Count(one => scores.IsStale(entry, one)),
            MeanSeconds = Describe.Mean(seconds),
            MedianSeconds = Describe.Median(seconds),
        };
    }

    /// <summary>Seconds that a case took: those it ran, or the limit at which it was killed.</summary>
    public static double CountedSeconds(CaseResult result) =>
        result.Ending == Ending.TimedOut ? result.Limits.WallSeconds : result.Timing.RunSeconds;

    /// <summary>
    /// Seconds that a case is ranked with: those it ran, or its limit where it failed. Who gives up at once is not quick: failing
    /// never pays.
    /// </summary>
    public static double RankedSeconds(CaseResult result) =>
        result.Ending == Ending.Completed ? result.Timing.RunSeconds : result.Limits.WallSeconds;

    /// <summary>Mean of the seconds that an entry is ranked with, over all cases that ran; null where none did.</summary>
    public static double? MeanRankedSeconds(CountedScores scores, Entry entry) => Describe.Mean(
        [.. scores.Cases.Select(one => scores.Result(entry, one)).OfType<CaseResult>().Select(RankedSeconds)]);

    /// <summary>
    /// Mean area under the GPU-memory–time curve, MiB · s, over all cases that ran; null unless it was measured on
    /// each. A case that failed counts with the entry's largest.
    /// </summary>
    public static double? MeanGpuArea(CountedScores scores, Entry entry)
    {
        var areas = scores.Cases.Select(one => scores.Result(entry, one)).OfType<CaseResult>()
            .Select(result => (result.Ending, Area: PerCase(result, result.Gpu?.AreaMibSeconds))).ToArray();
        var largest = areas.Max(one => one.Area);
        return areas.Any(one => one.Area is null) ? null
            : Describe.Mean([.. areas.Select(one => one.Ending == Ending.Completed ? one.Area!.Value : largest!.Value)]);
    }

    /// <summary>A case's share of what its container used: in a batch, all cases share alike.</summary>
    public static double? PerCase(CaseResult result, double? ofContainer) => ofContainer / (result.Timing.BatchCases ?? 1);

    /// <summary>False positives per structure that is annotated as absent in some completed case.</summary>
    /// <param name="structures">The structures that count.</param>
    /// <param name="results">An entry's results, whole, in the contest's order of cases; null for missing ones.</param>
    public static IReadOnlyList<FalsePositives> FindFalsePositives(
        IReadOnlyList<string> structures, IEnumerable<CaseResult?> results)
    {
        var absent = results.OfType<CaseResult>()
            .Where(result => result.Ending == Ending.Completed)
            .SelectMany(result => result.Scores)
            .Where(score => score.ReferenceVoxels == 0)
            .ToLookup(score => score.Structure, StringComparer.Ordinal);
        return [.. structures.Where(absent.Contains).Select(structure => new FalsePositives(
            structure,
            absent[structure].Count(),
            absent[structure].Count(score => score.PredictionVoxels > 0),
            absent[structure].Sum(score => score.PredictionMl)))];
    }
}
