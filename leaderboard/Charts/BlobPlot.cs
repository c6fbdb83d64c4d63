namespace Touchstone.Leaderboard.Charts;

/// <summary>
/// How firm each rank is: one blob per entry and rank, its area the share of bootstrap resamples in which the entry had
/// that rank.
/// </summary>
/// <remarks>
/// Source: Wiesenfarth et al., Methods and open-source toolkit for analyzing and visualizing challenge results,
/// Scientific Reports 11 (2021), https://doi.org/10.1038/s41598-021-82017-6.
/// </remarks>
internal static class BlobPlot
{
    private const double Largest = 24;

    /// <summary>Draws the blobs.</summary>
    /// <param name="name">File name.</param>
    /// <param name="measure">By what was ranked, such as <c>mean DSC</c>.</param>
    /// <param name="labels">The entries, best first.</param>
    /// <param name="ranks">Per entry, the share of resamples by rank: element 0 is rank 1.</param>
    public static Figure Draw(
        string name, string measure, IReadOnlyList<Label> labels, IReadOnlyList<IReadOnlyList<double>> ranks)
    {
        var room = Paint.Room(labels.Select(label => label.OnAxis));
        var last = ranks.Select(shares => shares.ToList().FindLastIndex(share => share > 0) + 1).DefaultIfEmpty(1).Max();
        return new Figure
        {
            Name = name,
            Title = "How firm the ranks are",
            Note = $"Ranks by {measure} over bootstrap resamples of the cases. The area of a blob is the share of resamples in "
                + "which the entry had that rank: one large blob is a firm rank.",
            Alt = "Blob plot of ranks over resamples: " + string.Join("; ", labels.Select((label, e) => Words(label, ranks[e])))
                + ".",
            Width = Paint.Width,
            Height = 80 + 28 * labels.Count,
            Option = Option(labels, ranks, room, Math.Max(2, last)),
            Table = new FigureTable(
                [("Method", false), .. Enumerable.Range(1, last).Select(rank => ($"Rank {rank}, %", true))],
                [.. labels.Select((label, e) => (string[])
                [
                    label.OnAxis, .. Enumerable.Range(0, last).Select(r => Paint.Number(ranks[e].ElementAtOrDefault(r) * 100)),
                ])]),
        };
    }

    private static string Words(Label label, IReadOnlyList<double> shares)
    {
        if (shares.Count == 0)
        {
            return $"{label.Name} is not ranked";
        }

        var most = Enumerable.Range(0, shares.Count).MaxBy(rank => shares[rank]);
        return $"{label.Name} is {most + 1} in {Paint.Number(shares[most] * 100, "0")} %";
    }

    private static string Option(
        IReadOnlyList<Label> labels, IReadOnlyList<IReadOnlyList<double>> ranks, int room, int last) => Figure.Json(new
        {
            grid = Paint.Grid(room, top: 10),
            tooltip = Paint.Tooltip,
            xAxis = new
            {
                type = "value",
                min = 0,
                max = last + 1,
                interval = 1,
                name = "rank",
                nameLocation = "middle",
                nameGap = 30,
                nameTextStyle = new { color = "$soft", fontSize = 12 },
                axisLabel = new { color = "$soft", showMinLabel = false, showMaxLabel = false },
                axisLine = new { show = false },
                axisTick = new { show = false },
                splitLine = new { lineStyle = new { color = "$line" } },
            },
            yAxis = Paint.Names(labels.Select(label => label.OnAxis), room),
            series = new object[]
            {
                new
                {
                    type = "scatter",
                    itemStyle = new { color = "$mark", opacity = 0.85 },
                    data = from e in Enumerable.Range(0, labels.Count)
                           from r in Enumerable.Range(0, ranks[e].Count)
                           where ranks[e][r] > 0
                           select new
                           {
                               value = new[] { r + 1, e },
                               symbolSize = Math.Round(Math.Max(2.5, Largest * Math.Sqrt(ranks[e][r])), 2),
                               tip = $"{labels[e].OnAxis}\nrank {r + 1} in {Paint.Number(ranks[e][r] * 100)} % of resamples",
                           },
                },
            },
        });
}
