using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>Turns results into standings. Pure: the same results give the same standings on every machine.</summary>
public static class Ranking
{
    /// <summary>Ranks a contest.</summary>
    /// <param name="contest">What is expected of every entry.</param>
    /// <param name="results">
    /// What was run, in any order; results on cases that the contest does not have are left out.
    /// </param>
    /// <param name="options">Resamples, seed and levels; null for the defaults.</param>
    /// <param name="imports">What published studies scored, in any order; null for nothing.</param>
    /// <exception cref="ArgumentException">A result is another challenge's or protocol's, or comes twice.</exception>
    public static Standings Rank(
        Contest contest, IEnumerable<CaseResult> results, RankingOptions? options = null,
        IReadOnlyList<ImportedScores>? imports = null)
    {
        options ??= new RankingOptions();
        return Of(new CountedScores(contest, results, imports, options.Missing), options);
    }

    /// <summary>Ranks what was arranged already.</summary>
    internal static Standings Of(CountedScores scores, RankingOptions options)
    {
        var contest = scores.Contest;
        var scopes = Scopes(scores);
        var maker = new TableMaker(scores, options);
        var tables = maker.Tables(scopes);
        var comparisons = Pairs.Compare(scores, options);
        var schemes = new Schemes(scores, tables, comparisons, options).All();
        var order = Order(scores, schemes[0], tables[0]);
        IReadOnlyList<ScoreTable> Ordered(IReadOnlyList<ScoreTable> all) =>
            [.. all.Select(table => table with { Rows = [.. order.Select(e => table.Rows[e])] })];
        return new Standings
        {
            Contest = contest.Id,
            Phase = contest.Phase == Entry.TestPhase ? null : contest.Phase,
            SetApart = contest.SetApart.Count > 0 ? contest.SetApart : null,
            Protocol = contest.Protocol,
            ToleranceMm = contest.ToleranceMm,
            Options = options,
            Scopes = scopes,
            Entries = new StandingMaker(scores, scopes, maker, tables, comparisons, options).Make(order, schemes[0]),
            Tables = Ordered(tables),
            Comparisons = comparisons,
            StructureComparisons = Pairs.CompareStructures(scores, options),
            HardTables = Ordered(maker.HardTables(scopes)),
            Scheme = schemes[0].Scheme,
            Weights = StructureWeights.Told(contest.Structures, contest.Rules.Weights),
            Unranked = Unranked(contest.Rules.Scheme, schemes),
            Sensitivity = Compare([.. schemes.Select(
                table => table with { Rows = [.. order.Select(e => table.Rows[e])] })]),
            Subgroups = [.. Subgroups.Of(scores, options).Select(
                table => table with { Rows = [.. order.Select(e => table.Rows[e])] })],
            IidOodAgreement = Agreement(tables),
        };
    }

    private static UndefinedScheme? Unranked(Scheme stated, IReadOnlyList<SchemeTable> schemes) =>
        schemes.First(table => table.Scheme == stated).Note is { } reason
            ? new UndefinedScheme(stated, string.Join(' ', new[] { reason, schemes[0].Note }.OfType<string>().Distinct()))
            : null;

    private static IReadOnlyList<Scope> Scopes(CountedScores scores)
    {
        Scope[] all =
        [
            Scope.All, Scope.Iid, Scope.Ood,
            .. scores.Contest.Datasets.Select(dataset => new Scope(ScopeKind.Dataset, dataset.Id)),
        ];
        return [.. all.Where(scope => scope == Scope.All || scores.Cases.Any(one => one.IsIn(scope)))];
    }

    /// <summary>Best first by what is ranked; where that is equal or undefined, by mean DSC.</summary>
    private static int[] Order(CountedScores scores, SchemeTable scheme, ScoreTable overall)
    {
        bool[] everybody = [.. scores.Entries.Select(_ => true)];
        var byScheme = Ranks.Among([.. scheme.Rows.Select(row => row.Value)], everybody, scheme.HigherIsBetter);
        var byMean = Ranks.Among([.. overall.Rows.Select(row => row.Mean)], everybody);
        return [.. Enumerable.Range(0, scores.Entries.Count)
            .OrderBy(e => byScheme[e] ?? int.MaxValue)
            .ThenBy(e => byMean[e] ?? int.MaxValue)
            .ThenBy(e => scores.Entries[e].IsBaseline)
            .ThenBy(e => scores.Entries[e].Team, StringComparer.Ordinal)
            .ThenBy(e => scores.Entries[e].Name, StringComparer.Ordinal)
            .ThenBy(e => scores.Entries[e].Id, StringComparer.Ordinal)];
    }

    private static Sensitivity Compare(IReadOnlyList<SchemeTable> schemes)
    {
        double?[][] ranks = [.. schemes.Select(table => table.Rows.Select(row => (double?)row.Rank).ToArray())];
        return new Sensitivity
        {
            Schemes = schemes,
            KendallTau = [.. ranks.Select(first => ranks.Select(second => KendallTau.Of(first, second)).ToArray())],
        };
    }

    private static double? Agreement(IReadOnlyList<ScoreTable> tables)
    {
        double?[]? Of(Scope scope) => tables
            .FirstOrDefault(one => one.Scope == scope && one.Structure is null && one.Metric == Metric.Dsc)?
            .Rows.Select(row => (double?)row.MeanThenRank).ToArray();
        return Of(Scope.Iid) is { } iid && Of(Scope.Ood) is { } ood ? KendallTau.Of(iid, ood) : null;
    }
}
