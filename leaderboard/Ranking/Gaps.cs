using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>The gap between in-distribution and out-of-distribution cases.</summary>
internal static class Gaps
{
    /// <summary>
    /// Per entry: gaps of the mean over structures, then of each structure, each by DSC and NSD; empty without both
    /// kinds of cases.
    /// </summary>
    public static IReadOnlyList<Gap>[] Of(CountedScores scores, TableMaker maker, RankingOptions options) => Of(
        scores, maker, options,
        [
            (null, [.. Enumerable.Range(0, scores.Structures.Count)]),
            .. scores.Structures.Select((name, s) => ((string?)name, new[] { s })),
        ]);

    /// <summary>
    /// The same of the mean over the hard structures; empty also where the contest has no such table.
    /// </summary>
    public static IReadOnlyList<Gap>[] OfHard(CountedScores scores, TableMaker maker, RankingOptions options)
    {
        var hard = TableMaker.Hard(scores.Contest);
        return Of(
            scores, maker, options, hard.Length == 0 || hard.Length == scores.Structures.Count ? [] : [(null, hard)]);
    }

    private static IReadOnlyList<Gap>[] Of(
        CountedScores scores, TableMaker maker, RankingOptions options, (string? Name, int[] Structures)[] cuts)
    {
        if (!scores.Cases.Any(one => one.IsIn(Scope.Iid)) || !scores.Cases.Any(one => one.IsIn(Scope.Ood)))
        {
            return [.. scores.Entries.Select(_ => Array.Empty<Gap>())];
        }

        // Two scopes without a common case are drawn from different streams, so their draws are independent.
        var (iid, ood) = (maker.ResamplesOf(Scope.Iid), maker.ResamplesOf(Scope.Ood));
        var perCut = (from cut in cuts from metric in Enum.GetValues<Metric>() select (cut, metric))
            .Select(one => Of(scores, one.cut.Name, one.cut.Structures, one.metric, iid, ood, options.Level)).ToArray();
        return [.. scores.Entries.Select((_, e) => perCut.Select(gaps => gaps[e]).ToArray())];
    }

    /// <summary>One gap per entry.</summary>
    private static Gap[] Of(
        CountedScores scores, string? name, int[] structures, Metric metric, ScopeResamples iid, ScopeResamples ood,
        double level)
    {
        var left = new Target(scores, Scope.Iid, structures, metric);
        var right = new Target(scores, Scope.Ood, structures, metric);
        Gap[] gaps = [.. Enumerable.Range(0, scores.Entries.Count).Select(e => new Gap(
            name, metric, left.MacroMean(e), right.MacroMean(e), left.MacroMean(e) - right.MacroMean(e),
            Bootstrap.OfDifference(
                iid.MacroMeans(e, metric, structures), ood.MacroMeans(e, metric, structures), level))
        {
            Test = Test([.. left.CaseMeans(e).OfType<double>()], [.. right.CaseMeans(e).OfType<double>()]),
            PHolm = null,
        })];
        var adjusted = new Queue<double?>(Holm.AdjustWhereDefined([.. gaps.Select(gap => gap.Test).OfType<MannWhitney>().Select(test => test.P)]));
        return [.. gaps.Select(gap => gap.Test is null ? gap : gap with { PHolm = adjusted.Dequeue() })];
    }

    private static MannWhitney? Test(double[] iid, double[] ood) =>
        iid.Length == 0 || ood.Length == 0 ? null : MannWhitney.Test(iid, ood);
}
