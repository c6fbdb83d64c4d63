using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>Ranks a contest under every scheme. Rows are in entry order.</summary>
internal sealed class Schemes(
    CountedScores scores, IReadOnlyList<ScoreTable> tables, IReadOnlyList<Comparison> comparisons, RankingOptions options)
{
    private readonly RankedField _field = new(scores, Scope.All);
    private readonly Dictionary<string, int> _positions = scores.Entries.Index().ToDictionary(one => one.Item.Id, one => one.Index, StringComparer.Ordinal);

    /// <summary>Every scheme: the one that ranks the board first, which is the contest's own unless that ranks
    /// nobody; and last what dropping failed and missing cases would give.</summary>
    public IReadOnlyList<SchemeTable> All()
    {
        SchemeTable[] every = [.. Enum.GetValues<Scheme>().SelectMany(Tables)];
        var stated = every.First(table => table.Scheme == scores.Contest.Rules.Scheme);
        var chosen = stated.Note is null ? stated : every[0];
        return [chosen, .. every.Where(table => table != chosen), .. Dropped()];
    }

    private IEnumerable<SchemeTable> Tables(Scheme scheme) => scheme switch
    {
        Scheme.MeanThenRank => ByEach(scheme, row => row.Mean),
        Scheme.MedianThenRank => ByEach(scheme, row => row.Median),
        Scheme.RankThenMean => ByEach(scheme, row => row.MeanRank, higherIsBetter: false),
        Scheme.SignificantWins => Enum.GetValues<Metric>().Select(Wins),
        Scheme.BodyMaps2024 => [BodyMaps()],
        Scheme.Flare =>
        [
            Make(scheme, null, new FlareRanks(scores, _field).MeanRanks(), higherIsBetter: false,
                "No case has both scores and seconds for every metric that FLARE ranks."),
        ],
        Scheme.Pareto => [Pareto()],
    };

    private IEnumerable<SchemeTable> ByEach(Scheme scheme, Func<ScoreRow, double?> value, bool higherIsBetter = true) =>
        Enum.GetValues<Metric>().Select(metric => Make(scheme, metric, [.. Rows(metric).Select(value)], higherIsBetter, NothingScored(metric)));

    private SchemeTable Wins(Metric metric) => Make(
        Scheme.SignificantWins, metric, [.. Rows(metric).Select(row => row.Mean is null ? (double?)null : Wins(row.Entry, metric))],
        note: NothingScored(metric));

    private IReadOnlyList<ScoreRow> Rows(Metric metric) =>
        tables.First(one => one.Scope == Scope.All && one.Structure is null && one.Metric == metric).Rows;

    private string? NothingScored(Metric metric) => scores.Entries.Count == 0 ? null : metric switch
    {
        Metric.Dsc => "No entry has a DSC on any case: nothing is annotated that could be scored.",
        Metric.Nsd => "No entry has an NSD on any case: nothing is annotated that could be scored.",
    };

    private double Wins(string entry, Metric metric) => comparisons.Count(pair =>
        pair.Metric == metric && pair.First == entry && pair.PHolm < options.Significance
        && _field.IsCompared(_positions[pair.First], _positions[pair.Second]));

    private SchemeTable BodyMaps()
    {
        double?[] values = [.. scores.Entries.Select((entry, e) =>
        {
            var area = Runs.MeanGpuArea(scores, entry);
            var seconds = Runs.MeanRankedSeconds(scores, entry);
            var value = Mean(e, Metric.Dsc) * Mean(e, Metric.Nsd) / (seconds * area);
            return value is { } number && double.IsFinite(number) ? value : null;
        })];
        return Make(Scheme.BodyMaps2024, null, values, note: "No entry has its GPU memory measured, which this score divides by.");
    }

    private SchemeTable Pareto()
    {
        double?[] seconds = [.. scores.Entries.Select(entry => Runs.MeanRankedSeconds(scores, entry))];
        var fronts = ParetoFronts.Of([.. seconds.Select((one, e) => (Mean(e, Metric.Dsc), one))], _field.IsRival);
        return Make(Scheme.Pareto, null, fronts, higherIsBetter: false, "No entry has seconds per case.");
    }

    private IEnumerable<SchemeTable> Dropped()
    {
        var dropped = scores.With(MissingRule.Dropped);
        int[] structures = [.. Enumerable.Range(0, scores.Structures.Count)];
        return Enum.GetValues<Metric>().Select(metric =>
        {
            var target = new Target(dropped, Scope.All, structures, metric);
            double?[] means = [.. Enumerable.Range(0, target.Entries).Select(target.MacroMean)];
            return Make(Scheme.MeanThenRank, metric, means) with { Missing = MissingRule.Dropped };
        });
    }

    private double? Mean(int entry, Metric metric) => Rows(metric)[entry].Mean;

    private SchemeTable Make(
        Scheme scheme, Metric? metric, double?[] values, bool higherIsBetter = true, string? note = null)
    {
        var ranks = _field.Rank(values, higherIsBetter);
        return new SchemeTable
        {
            Scheme = scheme,
            Metric = metric,
            Missing = options.Missing,
            HigherIsBetter = higherIsBetter,
            Note = values.Any(value => value is not null) ? null : note,
            Rows = [.. scores.Entries.Select((entry, e) => new SchemeRow(entry.Id, values[e], ranks[e]))],
        };
    }
}
