using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>The figures of one metadata column.</summary>
internal static class SubgroupFigures
{
    /// <summary>Name of the bars of a column.</summary>
    public static string Bars(string attribute) => $"subgroup-{Links.Slug(attribute)}";

    /// <summary>Name of the heat map of a column.</summary>
    public static string Map(string attribute) => $"subgroup-{Links.Slug(attribute)}-entries";

    /// <summary>Bars of the average entry, and every entry by groups; groups that are too small are left out.</summary>
    public static IEnumerable<Figure> Of(Board board, SubgroupTable table, IReadOnlyList<Charts.Label> labels)
    {
        var groups = Enumerable.Range(0, table.Groups.Count).Where(g => table.Groups[g].IsLargeEnough).ToArray();
        var rows = board.Standings.Entries
            .Select(standing => table.Rows.FirstOrDefault(row => row.Entry == standing.Entry.Id)).ToArray();
        yield return IntervalBars.Draw(
            (Bars(table.Attribute), $"DSC by {Show.Attribute(table.Attribute)}",
                $"The mean over entries of their mean DSC over the cases of each group, with {board.Level} % bootstrap intervals "
                + $"over the cases ({Math.Min(Leaderboard.Subgroups.FieldResamples, board.Standings.Options.Resamples)} resamples)."),
            "DSC",
            [.. groups.Select(g => new Bar(
                $"{table.Groups[g].Name} (n = {Show.Signed(table.Groups[g].Cases, "0")})",
                Describe.Mean([.. rows.Select(row => row?.Scores[g]?.Mean).OfType<double>()]),
                table.FieldIntervals.ElementAtOrDefault(g),
                table.Groups[g].Cases))]);
        yield return HeatMap.Draw(
            Map(table.Attribute), $"Every entry by {Show.Attribute(table.Attribute)}", "Mean DSC", labels,
            [.. groups.Select(g => table.Groups[g].Name)], (e, g) => rows[e]?.Scores[groups[g]]?.Mean);
    }
}
