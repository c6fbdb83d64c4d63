using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>The gap between in-distribution and out-of-distribution cases.</summary>
internal static class Gaps
{
    /// <summary>Gaps of one entry: the mean over structures, then each structure, each by DSC and NSD.</summary>
    public static IReadOnlyList<Gap> Of(CountedScores scores, int entry, RankingOptions options)
    {
        if (!scores.Cases.Any(one => one.IsIn(Scope.Iid)) || !scores.Cases.Any(one => one.IsIn(Scope.Ood)))
        {
            return [];
        }

        return
        [
            .. from structure in Enumerable.Range(-1, scores.Structures.Count + 1)
               from metric in Enum.GetValues<Metric>()
               select Of(scores, entry, structure < 0 ? null : structure, metric, options),
        ];
    }

    private static Gap Of(CountedScores scores, int entry, int? structure, Metric metric, RankingOptions options)
    {
        var iid = new Target(scores, Scope.Iid, structure, metric);
        var ood = new Target(scores, Scope.Ood, structure, metric);

        // One generator for both groups, one after the other, so that their draws are independent.
        var random = new Random(options.Seed);
        var iidMeans = Resamples.Draw(random, iid.Cases.Count, options.Resamples).MacroMeans(iid.Columns(entry));
        var oodMeans = Resamples.Draw(random, ood.Cases.Count, options.Resamples).MacroMeans(ood.Columns(entry));
        return new Gap(
            structure is { } s ? scores.Structures[s] : null,
            metric,
            iid.MacroMean(entry),
            ood.MacroMean(entry),
            iid.MacroMean(entry) - ood.MacroMean(entry),
            Resamples.Percentile(iidMeans.Zip(oodMeans, (a, b) => a - b), options.Level));
    }
}
