namespace Touchstone.Leaderboard;

/// <summary>Gathers what is known of each entry.</summary>
internal sealed class StandingMaker(
    CountedScores scores, IReadOnlyList<Scope> scopes, TableMaker maker, IReadOnlyList<ScoreTable> tables,
    IReadOnlyList<Comparison> comparisons, RankingOptions options)
{
    /// <summary>The entries in an order.</summary>
    /// <param name="order">Positions of the entries, best first.</param>
    /// <param name="scheme">What ranks the board; rows in entry order.</param>
    public IReadOnlyList<Standing> Make(IReadOnlyList<int> order, SchemeTable scheme)
    {
        var gaps = Gaps.Of(scores, maker, options);
        var hardGaps = Gaps.OfHard(scores, maker, options);
        var tiers = Enum.GetValues<Metric>().ToDictionary(metric => metric, Tiers);
        return [.. order.Select(e => new Standing
        {
            Entry = scores.Entries[e],
            Rank = scheme.Rows[e].Rank,
            SignificantWins = Enum.GetValues<Metric>().ToDictionary(metric => metric, metric => comparisons.Count(
                pair => pair.Metric == metric && pair.First == scores.Entries[e].Id && IsSignificant(pair))),
            Coverage = [.. scopes.Select(scope => Runs.Cover(scores, scores.Entries[e], scope))],
            Gaps = gaps[e],
            FalsePositives = scores.FalsePositives(e),
            Tiers = tiers.ToDictionary(pair => pair.Key, pair => pair.Value[e]),
            HardGaps = hardGaps[e],
            RankShifts = gaps[e].Count == 0 ? [] : [.. Enum.GetValues<Metric>().Select(metric => new RankShift(
                metric, Overall(Scope.Iid, metric).Rows[e].MeanThenRank, Overall(Scope.Ood, metric).Rows[e].MeanThenRank))],
            ContaminatedOn = [.. scores.Contest.Datasets
                .Where(dataset => RankedField.IsContaminated(scores.Entries[e], dataset)).Select(dataset => dataset.Id)],
        })];
    }

    /// <summary>A tier per entry, in entry order.</summary>
    private int?[] Tiers(Metric metric)
    {
        var rows = Overall(Scope.All, metric).Rows;
        int[] order = [.. Enumerable.Range(0, rows.Count).Where(e => rows[e].MeanThenRank is not null)
            .OrderByDescending(e => rows[e].Mean)];
        var wins = comparisons.Where(pair => pair.Metric == metric && IsSignificant(pair))
            .Select(pair => (pair.First, pair.Second)).ToHashSet();
        var found = Statistics.Tiers.Of(order, (a, b) => wins.Contains((rows[a].Entry, rows[b].Entry)));
        var tiers = new int?[rows.Count];
        for (var i = 0; i < order.Length; i++)
        {
            tiers[order[i]] = found[i];
        }

        return tiers;
    }

    private bool IsSignificant(Comparison pair) => pair.PHolm < options.Significance;

    private ScoreTable Overall(Scope scope, Metric metric) => tables.First(
        one => one.Scope == scope && one.Structure is null && one.Metric == metric);
}
