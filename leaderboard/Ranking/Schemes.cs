using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>Ranks a contest under every scheme. Rows are in entry order.</summary>
internal sealed class Schemes(
    CountedScores scores, IReadOnlyList<ScoreTable> tables, IReadOnlyList<Comparison> comparisons, RankingOptions options)
{
    private readonly RankedField _field = new(scores, Scope.All);

    /// <summary>Every scheme: the one that ranks the board first, which is the contest's own unless that ranks
    /// nobody; and last what dropping failed and missing cases would give.</summary>
    public IReadOnlyList<SchemeTable> All()
    {
        SchemeTable[] every =
        [
            .. from scheme in new[] { Scheme.MeanThenRank, Scheme.MedianThenRank, Scheme.RankThenMean, Scheme.SignificantWins }
               from metric in Enum.GetValues<Metric>()
               select ByOneMetric(scheme, metric),
            BodyMaps(),
            Make(Scheme.Flare, null, new FlareRanks(scores, _field).MeanRanks(), higherIsBetter: false,
                "No case has both scores and seconds for every metric that FLARE ranks."),
            Pareto(),
        ];
        var stated = every.First(table => table.Scheme == scores.Contest.Rules.Scheme);
        var chosen = stated.Note is null ? stated : every[0];
        return [chosen, .. every.Where(table => table != chosen), .. Dropped()];
    }

    private SchemeTable ByOneMetric(Scheme scheme, Metric metric)
    {
        var table = tables.First(one => one.Scope == Scope.All && one.Structure is null && one.Metric == metric);
        double?[] Of(Func<ScoreRow, double?> value) => [.. table.Rows.Select(value)];
        var nothing = scores.Entries.Count == 0 ? null : NothingScored(metric);
        return scheme switch
        {
            Scheme.MeanThenRank => Make(scheme, metric, Of(row => row.Mean), note: nothing),
            Scheme.MedianThenRank => Make(scheme, metric, Of(row => row.Median), note: nothing),
            Scheme.RankThenMean => Make(scheme, metric, Of(row => row.MeanRank), higherIsBetter: false, nothing),
            _ => Make(scheme, metric, Of(row => row.Mean is null ? null : Wins(row.Entry, metric)), note: nothing),
        };
    }

    private static string NothingScored(Metric metric) =>
        $"No entry has {(metric == Metric.Dsc ? "a DSC" : "an NSD")} on any case: nothing is annotated that could be scored.";

    private double Wins(string entry, Metric metric) => comparisons.Count(pair =>
        pair.Metric == metric && pair.First == entry && pair.PHolm < options.Significance);

    private SchemeTable BodyMaps()
    {
        double?[] values = [.. scores.Entries.Select((entry, e) =>
        {
            var area = Runs.MeanGpuArea(scores, entry);
            var seconds = Runs.Cover(scores, entry, Scope.All).MeanSeconds;
            var value = Mean(e, Metric.Dsc) * Mean(e, Metric.Nsd) / (seconds * area);
            return value is { } number && double.IsFinite(number) ? value : null;
        })];
        return Make(Scheme.BodyMaps2024, null, values, note: "No entry has its GPU memory measured, which this score divides by.");
    }

    private SchemeTable Pareto()
    {
        double?[] seconds = [.. scores.Entries.Select(entry => Runs.Cover(scores, entry, Scope.All).MeanSeconds)];
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

    private double? Mean(int entry, Metric metric) => tables
        .First(one => one.Scope == Scope.All && one.Structure is null && one.Metric == metric).Rows[entry].Mean;

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
