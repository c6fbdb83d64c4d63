using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>Turns results into standings. Pure: the same results give the same standings on every machine.</summary>
public static class Ranking
{
    /// <summary>Ranks a contest.</summary>
    /// <param name="contest">What is expected of every entry.</param>
    /// <param name="results">
    /// What arrived, in any order; results on cases that the contest does not have are left out.
    /// </param>
    /// <param name="options">Resamples, seed and levels; null for the defaults.</param>
    /// <exception cref="ArgumentException">A result is another challenge's or protocol's, or comes twice.</exception>
    public static Standings Rank(
        Contest contest, IReadOnlyList<CaseResult> results, RankingOptions? options = null)
    {
        options ??= new RankingOptions();
        var scores = new CountedScores(contest, results);
        var scopes = Scopes(contest, scores);
        var tables = new TableMaker(scores, options).Tables(scopes);
        var comparisons = Pairs.Compare(scores);
        var order = Order(scores, tables);
        return new Standings
        {
            Contest = contest.Id,
            Protocol = contest.Protocol,
            ToleranceMm = contest.ToleranceMm,
            Options = options,
            Scopes = scopes,
            Entries = [.. order.Select(e => Stand(scores, e, scopes, tables, comparisons, options))],
            Tables = [.. tables.Select(table => table with { Rows = [.. order.Select(e => table.Rows[e])] })],
            Comparisons = comparisons,
        };
    }

    private static IReadOnlyList<Scope> Scopes(Contest contest, CountedScores scores)
    {
        Scope[] all =
        [
            Scope.All, Scope.Iid, Scope.Ood,
            .. contest.Datasets.Select(dataset => new Scope(ScopeKind.Dataset, dataset.Id)),
        ];
        return [.. all.Where(scope => scope == Scope.All || scores.Cases.Any(one => one.IsIn(scope)))];
    }

    private static int[] Order(CountedScores scores, IReadOnlyList<ScoreTable> tables)
    {
        var overall = tables[0];
        return [.. Enumerable.Range(0, scores.Entries.Count)
            .OrderByDescending(e => overall.Rows[e].Mean ?? double.NegativeInfinity)
            .ThenBy(e => scores.Entries[e].IsBaseline)
            .ThenBy(e => scores.Entries[e].Team, StringComparer.Ordinal)
            .ThenBy(e => scores.Entries[e].Name, StringComparer.Ordinal)
            .ThenBy(e => scores.Entries[e].Id, StringComparer.Ordinal)];
    }

    private static Standing Stand(
        CountedScores scores, int e, IReadOnlyList<Scope> scopes, IReadOnlyList<ScoreTable> tables,
        IReadOnlyList<Comparison> comparisons, RankingOptions options)
    {
        var entry = scores.Entries[e];
        return new Standing
        {
            Entry = entry,
            Rank = tables[0].Rows[e].MeanThenRank,
            SignificantWins = Enum.GetValues<Metric>().ToDictionary(metric => metric, metric => comparisons.Count(
                pair => pair.Metric == metric && pair.First == entry.Id && pair.PHolm < options.Significance)),
            Coverage = [.. scopes.Select(scope => Runs.Cover(scores, entry, scope))],
            Gaps = Gaps.Of(scores, e, options),
            FalsePositives = Runs.FindFalsePositives(scores, entry),
        };
    }
}
