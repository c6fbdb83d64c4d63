namespace Touchstone.Leaderboard.Charts;

/// <summary>Every entry against every other one: where a one-sided test finds the row better than the column.</summary>
internal static class SignificanceMap
{
    /// <summary>Draws the map.</summary>
    /// <param name="name">File name.</param>
    /// <param name="title">Heading.</param>
    /// <param name="measure">What was compared, such as <c>DSC</c>.</param>
    /// <param name="labels">The entries, best first.</param>
    /// <param name="p">
    /// Adjusted p of "row greater than column", rows and columns in the order of the labels; null where the two do not
    /// differ.
    /// </param>
    /// <param name="alpha">Below it a difference is significant.</param>
    public static Figure Draw(
        string name, string title, string measure, IReadOnlyList<Label> labels, Func<int, int, double?> p, double alpha)
    {
        const int Cell = 30;
        var n = labels.Count;
        var room = Paint.Room(labels.Select(label => label.OnAxis));
        var wins = Enumerable.Range(0, n)
            .Select(row => Enumerable.Range(0, n).Count(column => row != column && p(row, column) < alpha)).ToArray();
        return new Figure
        {
            Name = name,
            Title = title,
            Note = $"One-sided Wilcoxon signed-rank tests on {measure}, paired by case, Holm-adjusted; significant below "
                + $"p = {Paint.Number(alpha, "0.##")}. Read along a row: whom this entry beats, and who beats it.",
            Alt = $"Significance map of {Counted.Of(n, "entry", "entries")} on {measure}: "
                + string.Join(", ", labels.Select((label, i) => $"{label.Name} beats {wins[i]}")) + ".",
            Width = Math.Max(520, room + n * Cell + 30),
            Height = 40 + n * Cell + room,
            Option = Option(labels, p, alpha, room),
            Table = new FigureTable(
                [("Method", false), ("Beats significantly", true), ("Is beaten by", true)],
                [.. labels.Select((label, i) => new[]
                {
                    label.OnAxis,
                    Paint.Number(wins[i], "0"),
                    Paint.Number(Enumerable.Range(0, n).Count(row => row != i && p(row, i) < alpha), "0"),
                })]),
        };
    }

    private static string Option(IReadOnlyList<Label> labels, Func<int, int, double?> p, double alpha, int room)
    {
        string[] names = [.. labels.Select(label => label.OnAxis)];
        var cells = from row in Enumerable.Range(0, names.Length)
                    from column in Enumerable.Range(0, names.Length)
                    where row != column
                    let outcome = p(row, column) < alpha ? 2 : p(column, row) < alpha ? 0 : 1
                    select new
                    {
                        value = new[] { column, row, outcome },
                        tip = $"{names[row]} against {names[column]}\n" + (p(row, column) is { } number
                            ? $"p = {Paint.Number(number, "0.0###")} that it is not better" : "no p: they do not differ"),
                    };
        return Figure.Json(new
        {
            grid = Paint.Grid(room, top: 36, bottom: room),
            tooltip = Paint.Tooltip,
            xAxis = Paint.NamesBelow(names, room, hasLine: false),
            yAxis = Paint.Names(names, room, hasLine: false),
            visualMap = new
            {
                type = "piecewise",
                dimension = 2,
                orient = "horizontal",
                top = 0,
                left = 0,
                itemWidth = 14,
                itemHeight = 14,
                itemGap = 44,
                textStyle = new { color = "$ink" },
                pieces = new[]
                {
                    new { value = 2, label = "row is better", color = "$mark" },
                    new { value = 1, label = "no significant difference", color = "$blank" },
                    new { value = 0, label = "row is worse", color = "$second" },
                },
            },
            series = new[]
            {
                new
                {
                    type = "heatmap",
                    itemStyle = new { borderColor = "$paper", borderWidth = 2 },
                    data = cells.ToArray(),
                },
            },
        });
    }
}
