using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Everything that a board shows, as CSV for download: fractions and seconds, exact to the last digit. Safe for
/// everybody: cases of hidden datasets go by their pseudonyms, without volumes.
/// </summary>
public static partial class ScoresCsv
{
    /// <summary>One row per entry, case and annotated structure.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What arrived.</param>
    /// <remarks>
    /// <c>dsc_counted</c> and <c>nsd_counted</c> are what the ranking counts: 0 for a failed or missing case.
    /// </remarks>
    public static string Scores(Contest contest, IReadOnlyList<CaseResult> results) =>
        Csv.Text(text => WriteScores(text, new CountedScores(contest, results), ResultSet.Of(results)));

    /// <summary>One row per entry and expected case: ending and times.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What arrived.</param>
    public static string Cases(Contest contest, IReadOnlyList<CaseResult> results) =>
        Csv.Text(text => WriteCases(text, new CountedScores(contest, results)));

    /// <summary>One row per scope, structure (empty for the mean over structures), metric and entry.</summary>
    /// <param name="standings">The ranking.</param>
    public static string Standings(Standings standings) => Csv.Text(text =>
    {
        var csv = new Csv(
            text, "scope", "dataset", "structure", "metric", "cases", "entry", "n", "mean", "low", "high", "sd", "q1",
            "median", "q3", "mean_then_rank", "median_then_rank", "rank_then_mean", "mean_rank",
            "rank_low", "rank_high", "structure_weights");
        foreach (var (table, row) in standings.Tables.SelectMany(table => table.Rows, (table, row) => (table, row)))
        {
            csv.Add(Name(table.Scope.Kind)).Add(table.Scope.Dataset).Add(table.Structure).Add(Name(table.Metric))
                .Add(table.Cases).Add(row.Entry).Add(row.N).Add(row.Mean).Add(row.Interval?.Low).Add(row.Interval?.High)
                .Add(row.Sd).Add(row.Q1).Add(row.Median).Add(row.Q3).Add(row.MeanThenRank).Add(row.MedianThenRank)
                .Add(row.RankThenMean).Add(row.MeanRank).Add(row.RankInterval?.Low).Add(row.RankInterval?.High)
                .Add(Weights(standings, table.Structure)).EndRow();
        }
    });

    /// <summary>One row per entry and scope: coverage, endings and seconds.</summary>
    /// <param name="standings">The ranking.</param>
    public static string Entries(Standings standings) => Csv.Text(text =>
    {
        var endings = Enum.GetValues<Ending>();
        var csv = new Csv(
            text,
        [
            "rank", "entry", "team", "name", "is_baseline", "image", "received_at", "scope", "dataset", "expected",
            "scored", "failed", "missing", .. endings.Select(Name), "mean_seconds", "median_seconds",
        ]);
        foreach (var (standing, coverage) in standings.Entries.SelectMany(one => one.Coverage, (a, b) => (a, b)))
        {
            csv.Add(standing.Rank).Add(standing.Entry.Id).Add(standing.Entry.Team).Add(standing.Entry.Name)
                .Add(standing.Entry.IsBaseline).Add(standing.Entry.Image)
                .Add(standing.Entry.ReceivedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
                .Add(Name(coverage.Scope.Kind)).Add(coverage.Scope.Dataset).Add(coverage.Expected).Add(coverage.Scored)
                .Add(coverage.Failed).Add(coverage.Missing);
            foreach (var ending in endings)
            {
                csv.Add(coverage.Endings.GetValueOrDefault(ending));
            }

            csv.Add(coverage.MeanSeconds).Add(coverage.MedianSeconds).EndRow();
        }
    });

    /// <summary>
    /// One row per entry, structure (empty for the mean over structures) and metric: IID, OOD and their gap.
    /// </summary>
    /// <remarks><c>p_method</c> says how p was computed; it is empty where there is none.</remarks>
    /// <param name="standings">The ranking.</param>
    public static string Gaps(Standings standings) => Csv.Text(text =>
    {
        var csv = new Csv(text, "entry", "structure", "metric", "iid", "ood", "gap", "low", "high", "p", "p_holm", "p_method", "structure_weights");
        foreach (var (standing, gap) in standings.Entries.SelectMany(one => one.Gaps, (one, gap) => (one, gap)))
        {
            csv.Add(standing.Entry.Id).Add(gap.Structure).Add(Name(gap.Metric)).Add(gap.Iid).Add(gap.Ood).Add(gap.Value)
                .Add(gap.Interval?.Low).Add(gap.Interval?.High).Add(gap.Test?.P).Add(gap.PHolm).Add(Name(gap.Test?.Method))
                .Add(Weights(standings, gap.Structure)).EndRow();
        }
    });

    /// <summary>
    /// One row per structure (empty for the means over structures), metric and ordered pair of entries.
    /// </summary>
    /// <remarks><c>p_method</c> says how p was computed; it is empty where there is none.</remarks>
    /// <param name="standings">The ranking.</param>
    public static string Comparisons(Standings standings) => Csv.Text(text => WriteComparisons(text, standings));

    internal static void WriteComparisons(TextWriter text, Standings standings)
    {
        var csv = new Csv(
            text, "structure", "metric", "first", "second", "n", "zeros", "w_plus", "z", "p", "p_holm", "same_cases",
            "p_method", "structure_weights");
        foreach (var pair in standings.Comparisons.Concat(standings.StructureComparisons))
        {
            csv.Add(pair.Structure).Add(Name(pair.Metric)).Add(pair.First).Add(pair.Second).Add(pair.Test.N).Add(pair.Test.Zeros)
                .Add(pair.Test.WPlus).Add(pair.Test.Z).Add(pair.Test.P).Add(pair.PHolm).Add(pair.SameCases)
                .Add(Name(pair.Test.Method)).Add(Weights(standings, pair.Structure)).EndRow();
        }
    }

    /// <summary>Of means over structures that do not weigh the same: <c>liver=2;spleen=1</c>; empty for all others.</summary>
    private static string? Weights(Standings standings, string? structure) => structure is not null || standings.Weights is null ? null
        : string.Join(';', standings.Weights.Select(one =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{one.Structure}={one.Weight:R}")));

    private static string? Name(PMethod? method) => method is { } known ? Name(known) : null;

    /// <summary>The same camelCase name that the JSON has.</summary>
    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
