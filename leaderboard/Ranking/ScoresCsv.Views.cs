namespace Touchstone.Leaderboard;

/// <summary>Other views of a ranking: by subgroups and by schemes.</summary>
public static partial class ScoresCsv
{
    /// <summary>
    /// One row per metadata column, metric, group and entry; scores are empty for groups that are too small.
    /// </summary>
    /// <param name="standings">The ranking.</param>
    public static string Subgroups(Standings standings) => Csv.Text(text =>
    {
        var csv = new Csv(
            text, "attribute", "metric", "group", "cases", "entry", "n", "mean", "sd", "median", "kruskal_p", "kruskal_p_holm",
            "structure_weights");
        foreach (var (table, row, g) in from table in standings.Subgroups
                                        from row in table.Rows
                                        from g in Enumerable.Range(0, table.Groups.Count)
                                        select (table, row, g))
        {
            csv.Add(table.Attribute).Add(Name(table.Metric)).Add(table.Groups[g].Name).Add(table.Groups[g].Cases)
                .Add(row.Entry).Add(row.Scores[g]?.N).Add(row.Scores[g]?.Mean).Add(row.Scores[g]?.Sd)
                .Add(row.Scores[g]?.Median).Add(row.Test?.P).Add(row.PHolm)
                .Add(Weights(standings, structure: null)).EndRow();
        }
    });

    /// <summary>One row per scheme and entry.</summary>
    /// <param name="standings">The ranking.</param>
    public static string Schemes(Standings standings) => Csv.Text(text =>
    {
        var csv = new Csv(text, "scheme", "metric", "missing", "entry", "value", "rank", "structure_weights");
        foreach (var (table, row) in standings.Sensitivity.Schemes.SelectMany(table => table.Rows, (table, row) => (table, row)))
        {
            csv.Add(SchemeNames.Of(table.Scheme)).Add(table.Metric is { } metric ? Name(metric) : null)
                .Add(Name(table.Missing)).Add(row.Entry).Add(row.Value).Add(row.Rank)
                .Add(Weights(standings, structure: null)).EndRow();
        }
    });
}
