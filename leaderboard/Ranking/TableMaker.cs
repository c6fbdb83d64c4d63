using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Makes the tables of a ranking, with one set of resamples per number of cases, shared by all entries.
/// </summary>
internal sealed class TableMaker(CountedScores scores, RankingOptions options)
{
    private readonly bool[] _isRival = [.. scores.Entries.Select(entry => !entry.IsBaseline)];
    private readonly Dictionary<int, Resamples> _resamples = [];

    /// <summary>
    /// Per scope: the mean over structures by DSC and NSD, then each structure by DSC and NSD; rows in entry order.
    /// </summary>
    public IReadOnlyList<ScoreTable> Tables(IReadOnlyList<Scope> scopes) =>
    [
        .. from scope in scopes
           from structure in Enumerable.Range(-1, scores.Structures.Count + 1)
           from metric in Enum.GetValues<Metric>()
           select Make(scope, structure < 0 ? null : structure, metric),
    ];

    private ScoreTable Make(Scope scope, int? structure, Metric metric)
    {
        var target = new Target(scores, scope, structure, metric);
        var entries = Enumerable.Range(0, target.Entries).ToArray();
        double?[] means = [.. entries.Select(target.MacroMean)];
        double[][] cases = [.. entries.Select(e => target.CaseMeans(e).OfType<double>().ToArray())];
        var meanRanks = target.MeanRanks(_isRival);
        var byMean = Ranks.Among(means, _isRival);
        var byMedian = Ranks.Among([.. cases.Select(values => Describe.Median(values))], _isRival);
        var byMeanRank = Ranks.Among(meanRanks, _isRival, higherIsBetter: false);
        var draws = ResamplesOf(target.Cases.Count);
        double?[][] resampled = [.. entries.Select(e => draws.MacroMeans(target.Columns(e)))];
        var rankIntervals = RankIntervals(resampled);
        return new ScoreTable
        {
            Scope = scope,
            Structure = structure is { } s ? scores.Structures[s] : null,
            Metric = metric,
            Cases = target.Cases.Count,
            Rows = [.. entries.Select(e => new ScoreRow
            {
                Entry = scores.Entries[e].Id,
                N = cases[e].Length,
                Mean = means[e],
                Interval = Resamples.Percentile(resampled[e], options.Level),
                Sd = Describe.StandardDeviation(cases[e]),
                Q1 = Describe.Quantile(cases[e], 0.25),
                Median = Describe.Median(cases[e]),
                Q3 = Describe.Quantile(cases[e], 0.75),
                MeanThenRank = byMean[e],
                MedianThenRank = byMedian[e],
                RankThenMean = byMeanRank[e],
                MeanRank = meanRanks[e],
                RankInterval = rankIntervals[e],
            })],
        };
    }

    private Interval?[] RankIntervals(double?[][] resampled)
    {
        double?[][] ranks = [.. resampled.Select(values => new double?[values.Length])];
        for (var i = 0; i < options.Resamples; i++)
        {
            var drawn = Ranks.Among([.. resampled.Select(values => values[i])], _isRival);
            for (var e = 0; e < ranks.Length; e++)
            {
                ranks[e][i] = drawn[e];
            }
        }

        return [.. ranks.Select(values => Resamples.Percentile(values, options.Level))];
    }

    private Resamples ResamplesOf(int cases)
    {
        if (!_resamples.TryGetValue(cases, out var draws))
        {
            draws = Resamples.Draw(new Random(options.Seed), cases, options.Resamples);
            _resamples.Add(cases, draws);
        }

        return draws;
    }
}
