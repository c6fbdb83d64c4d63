using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Leaderboard.Site;

/// <summary>One contest to publish: what was expected, what arrived, and what ranking made of it.</summary>
public sealed class Board
{
    private readonly Dictionary<(Scope, string?, Metric), ScoreTable> _tables;
    private readonly Dictionary<(Scope, string?, Metric, string), ScoreRow> _rows;

    /// <summary>Ranks a contest and arranges it for pages.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What was run.</param>
    /// <param name="options">Resamples, seed and levels; null for the defaults.</param>
    /// <param name="imports">What published studies scored; null for nothing.</param>
    /// <exception cref="ArgumentException">
    /// A result cannot be ranked (see <see cref="Ranking.Rank"/>), or an id is not safe as a file name.
    /// </exception>
    public Board(
        Contest contest, IEnumerable<CaseResult> results, RankingOptions? options = null,
        IReadOnlyList<ImportedScores>? imports = null)
        : this(Rank(contest, ResultSet.Of(results), options ?? new RankingOptions(), imports ?? []))
    {
    }

    /// <summary>Arranges a board that was ranked already.</summary>
    /// <param name="bundled">Its public content, from which alone pages are made.</param>
    /// <exception cref="ArgumentException">An id is not safe as a file name.</exception>
    public Board(BundledBoard bundled)
        : this((bundled, new CountedScores(
            bundled.Contest, bundled.Results, bundled.Imports, bundled.Standings.Options.Missing)))
    {
    }

    private Board((BundledBoard Bundled, CountedScores Scores) made)
    {
        var bundled = Bundled = made.Bundled;
        Contest = bundled.Contest;
        Standings = bundled.Standings;
        Scores = made.Scores;
        _tables = Standings.Tables.ToDictionary(table => (table.Scope, table.Structure, table.Metric));
        _rows = Standings.Tables.SelectMany(table => table.Rows, (table, row) => (Table: table, Row: row)).ToDictionary(
            pair => (pair.Table.Scope, pair.Table.Structure, pair.Table.Metric, pair.Row.Entry), pair => pair.Row);
        _whole = new(() => ReadWhole(one => ShownOf(one) is not null));
        _figures = new(() => BoardFigures.All(this).ToDictionary(figure => figure.Name));
        if (Fault(bundled) is { } fault)
        {
            throw new ArgumentException(fault, nameof(made));
        }

        _shown = (bundled.Shown ?? []).ToDictionary(one => (one.Dataset, one.Case));
    }

    /// <summary>Why no pages can be made of something; null when they can.</summary>
    internal static string? Fault(BundledBoard bundled)
    {
        var (contest, shown) = (bundled.Contest, bundled.Shown ?? []);
        IEnumerable<string> names = [contest.Key, .. contest.Structures, .. contest.Datasets.Select(dataset => dataset.Id),
            .. bundled.Standings.Entries.Select(standing => standing.Entry.Id), .. shown.Select(one => one.Case)];
        return names.Select(Links.Fault).FirstOrDefault(fault => fault is not null)
            ?? (shown.FirstOrDefault(one => contest.Datasets.All(dataset => dataset.Id != one.Dataset || !dataset.IsPublic
                || dataset.Cases.All(known => known.Id != one.Case))) is { } foreign
                ? $"A case of {foreign.Dataset} is to be shown, which is no public case of {contest.Key}." : null)
            ?? (ResultFault.Twice(shown.Select(one => $"{one.Dataset}/{one.Case}")) is { } twice ? $"{twice} is to be shown twice." : null);
    }

    private Lazy<Dictionary<string, Charts.Figure>> _figures;
    private readonly Lazy<Dictionary<(string Entry, int Case), CaseResult>> _whole;
    private readonly Dictionary<(string, string), ShownCase> _shown;

    /// <summary>What the board is made of, as everybody may know it.</summary>
    public BundledBoard Bundled { get; }

    /// <summary>The same board with cases to look into, instead of those that it had.</summary>
    /// <param name="cases">Public cases of the contest; none shows none.</param>
    /// <exception cref="ArgumentException">A case is not of a public dataset of the contest.</exception>
    public Board With(IReadOnlyList<ShownCase> cases) =>
        new((Bundled with { Shown = cases.Count > 0 ? cases : null }, Scores)) { _figures = _figures };

    /// <summary>The same board with drawings.</summary>
    /// <param name="paths">Paths within the board's folder of the figures that are drawn.</param>
    /// <param name="edition">As in <see cref="Surroundings"/>; null for a site that stands by itself.</param>
    internal Board DrawnAs(IReadOnlySet<string> paths, string? edition) =>
        new((Bundled, Scores)) { Drawn = paths, Edition = edition, _figures = _figures };

    /// <summary>What can be seen of a case; null for nothing.</summary>
    internal ShownCase? ShownOf(ExpectedCase one) => _shown.GetValueOrDefault((one.Dataset.Id, one.Case.Id));

    /// <summary>Path of the page on which an entry's prediction of a case is seen; null when there is none.</summary>
    internal string? CasePage(Standing standing, ExpectedCase one) =>
        ShownOf(one)?.Predictions.Any(prediction => prediction.Entry == standing.Entry.Id) == true
            ? CaseFiles.Page(one.Dataset.Id, one.Case.Id, standing.Entry.Id) : null;

    /// <summary>What is expected, as everybody may know it: hidden cases go by their pseudonyms.</summary>
    public Contest Contest { get; }

    /// <summary>What ranking made of it.</summary>
    public Standings Standings { get; }

    /// <summary>Every score as it counts.</summary>
    internal CountedScores Scores { get; }

    /// <summary>Coverage of the intervals in percent, for readers.</summary>
    internal string Level => Show.Signed(100 * Standings.Options.Level, "0.##");

    /// <summary>True when seconds are known of an entry; of imported ones they are not.</summary>
    internal bool HasSeconds => Standings.Entries.Any(standing => Coverage(standing, Scope.All)?.MeanSeconds is not null);

    /// <summary>What the board ranks an entry by; null where that is undefined.</summary>
    internal double? SchemeValue(Standing standing) =>
        Standings.Sensitivity.Schemes[0].Rows.First(row => row.Entry == standing.Entry.Id).Value;

    /// <summary>True when there are both in-distribution and out-of-distribution cases.</summary>
    internal bool HasGap => Standings.Scopes.Contains(Scope.Iid) && Standings.Scopes.Contains(Scope.Ood);

    /// <summary>A table; null for a scope without cases.</summary>
    internal ScoreTable? Table(Scope scope, string? structure, Metric metric) =>
        _tables.GetValueOrDefault((scope, structure, metric));

    /// <summary>An entry's row; null for a scope without cases.</summary>
    internal ScoreRow? Row(Standing standing, Scope scope, string? structure, Metric metric) =>
        _rows.GetValueOrDefault((scope, structure, metric, standing.Entry.Id));

    /// <summary>The entries, best first by mean DSC on a scope and a structure (null: over structures).</summary>
    internal IEnumerable<Standing> Ranked(Scope scope, string? structure) => Standings.Entries.OrderByDescending(
        standing => Row(standing, scope, structure, Metric.Dsc)?.Mean ?? double.NegativeInfinity);

    /// <summary>Every figure.</summary>
    public IEnumerable<Charts.Figure> Figures => _figures.Value.Values;

    /// <summary>Paths within the board's folder of the figures that are drawn.</summary>
    internal IReadOnlySet<string> Drawn { get; private init; } = new HashSet<string>();

    /// <summary>The edition that the drawings are of; null where there is only one.</summary>
    internal string? Edition { get; private init; }

    /// <summary>A figure; null when the board has none of that name.</summary>
    internal Charts.Figure? Figure(string name) => _figures.Value.GetValueOrDefault(name);

    /// <summary>Whether a figure can be shown, for light and for dark.</summary>
    internal bool IsDrawn(Charts.Figure figure) =>
        Drawn.Contains(FigureFiles.Path(figure.Name)) && Drawn.Contains(FigureFiles.Path(figure.Name, isDark: true));

    /// <summary>The values of an entry on a structure as they count, cases left out where they do not.</summary>
    internal double[] Values(Standing standing, Metric metric, int structure)
    {
        var entry = EntryIndex(standing);
        return [.. Enumerable.Range(0, Scores.Cases.Count).Select(c => Scores.Value(entry, metric, structure, c)).OfType<double>()];
    }

    /// <summary>Position of an entry in <see cref="CountedScores.Entries"/>.</summary>
    internal int EntryIndex(Standing standing) => Scores.IndexOf(standing.Entry.Id);

    /// <summary>An entry's coverage of a scope; null for a scope without cases.</summary>
    internal static Coverage? Coverage(Standing standing, Scope scope) =>
        standing.Coverage.FirstOrDefault(coverage => coverage.Scope == scope);

    /// <summary>An entry's gap; null without both kinds of cases.</summary>
    internal static Gap? Gap(Standing standing, string? structure, Metric metric) =>
        standing.Gaps.FirstOrDefault(gap => gap.Structure == structure && gap.Metric == metric);

    /// <summary>An entry's result on a case that readers may look into, with its scores.</summary>
    internal CaseResult Whole(Standing standing, ExpectedCase one) => _whole.Value[(standing.Entry.Id, one.Index)];

    /// <summary>Reads results on some cases again, with their scores and outputs, an entry at a time.</summary>
    internal Dictionary<(string Entry, int Case), CaseResult> ReadWhole(Func<ExpectedCase, bool> isWanted)
    {
        var wanted = Scores.Cases.Where(isWanted).ToDictionary(one => (one.Dataset.Id, one.Case.Id), one => one.Index);
        var results = ResultSet.Of(Bundled.Results);
        return (from entry in wanted.Count > 0 ? results.Entries : []
                from result in results.OfEntry(entry.Id)
                where wanted.ContainsKey((result.Case.Dataset, result.Case.Case))
                select result)
            .ToDictionary(result => (result.Entry.Id, wanted[(result.Case.Dataset, result.Case.Case)]));
    }

    /// <summary>
    /// What became of each expected case of an entry, in the contest's order; the result is null for a missing one, and
    /// for an imported one, which <see cref="CountedScores.HasArrived"/> tells apart. Without scores.
    /// </summary>
    internal IEnumerable<(ExpectedCase Case, CaseResult? Result)> CasesOf(Standing standing) =>
        Scores.Cases.Select(one => (one, Scores.Result(standing.Entry, one)));

    private static (BundledBoard Bundled, CountedScores Scores) Rank(
        Contest contest, ResultSet results, RankingOptions options, IReadOnlyList<ImportedScores> imports)
    {
        var scores = new CountedScores(contest, results, imports, options.Missing);
        var (seen, view) = (PublicView.Of(contest), PublicView.OfResults(contest));
        var bundled = new BundledBoard
        {
            Contest = seen,
            Results = contest.Datasets.All(dataset => dataset.IsPublic) ? results.Through(view)
                : results.Through(view).InOrder(some => PublicView.Ordered(contest, some)),
            Imports = PublicView.Of(contest, imports),
            Standings = Ranking.Of(scores, options),
        };
        return (bundled, scores.Through(seen, view));
    }
}
