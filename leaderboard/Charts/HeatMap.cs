namespace Touchstone.Leaderboard.Charts;

/// <summary>A table of numbers as colours with the numbers in them: entries × structures.</summary>
internal static class HeatMap
{
    private const int Classes = 8;

    /// <summary>Draws the map.</summary>
    /// <param name="name">File name.</param>
    /// <param name="title">Heading.</param>
    /// <param name="measure">What the numbers are, such as <c>mean DSC</c>; shown in percent.</param>
    /// <param name="rows">Names of the rows, first one on top.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="value">A fraction by row and column; null is an empty cell.</param>
    public static Figure Draw(
        string name, string title, string measure, IReadOnlyList<Label> rows, IReadOnlyList<string> columns,
        Func<int, int, double?> value)
    {
        var cells = (from row in Enumerable.Range(0, rows.Count)
                     from column in Enumerable.Range(0, columns.Count)
                     let one = value(row, column)
                     where one is not null
                     select (Row: row, Column: column, Value: Paint.Percent(one.Value))).ToArray();
        var range = AxisRange.Around(cells.Select(cell => cell.Value));
        var room = Paint.Room(rows.Select(row => row.OnAxis));
        var below = Paint.Room(columns, most: 170);
        return new Figure
        {
            Name = name,
            Title = title,
            Note = $"{measure} in percent; darker is higher on paper, brighter is higher in the dark. Empty: not scored.",
            Alt = cells.Length == 0 ? "No values." : $"Heat map of {measure}, {Counted.Of(rows.Count, "entry", "entries")} by "
                + $"{Counted.Of(columns.Count, "structure")}, from {Paint.Number(cells.Min(cell => cell.Value))} to "
                + $"{Paint.Number(cells.Max(cell => cell.Value))} %. {Extremes(columns, cells)}",
            Width = Paint.Width,
            Height = 44 + 26 * rows.Count + below,
            Option = Option(rows, columns, cells, range, room, below),
            Table = new FigureTable(
                [("Method", false), .. columns.Select(column => (column, true))],
                [.. rows.Select((row, r) => (string[])
                [
                    row.OnAxis, .. columns.Select((_, c) => Paint.Number(value(r, c) * 100)),
                ])]),
        };
    }

    private static string Extremes(
        IReadOnlyList<string> columns, IEnumerable<(int Row, int Column, double Value)> cells)
    {
        var means = cells.GroupBy(cell => cell.Column).Select(group => (group.Key, group.Average(cell => cell.Value)))
            .OrderBy(pair => pair.Item2).ToArray();
        return $"On average {columns[means[0].Key]} is lowest and {columns[means[^1].Key]} highest.";
    }

    private static string Option(
        IReadOnlyList<Label> rows, IReadOnlyList<string> columns, (int Row, int Column, double Value)[] cells,
        AxisRange range, int room, int below)
    {
        var width = (range.High - range.Low) / Classes;
        int ClassOf(double value) => Math.Clamp((int)((value - range.Low) / width), 0, Classes - 1);
        return Figure.Json(new
        {
            grid = Paint.Grid(room, top: 34, bottom: below),
            tooltip = Paint.Tooltip,
            xAxis = Paint.NamesBelow(columns, below, hasLine: false),
            yAxis = Paint.Names(rows.Select(row => row.OnAxis), room, hasLine: false),
            visualMap = new
            {
                type = "piecewise",
                dimension = 2,
                orient = "horizontal",
                top = 0,
                left = room,
                itemWidth = 14,
                itemHeight = 14,
                itemGap = 16,
                textStyle = new { color = "$ink", fontSize = 11 },
                pieces = Enumerable.Range(0, Classes).Select(i => new
                {
                    gte = i == 0 ? range.Low : range.Low + i * width,
                    lt = i == Classes - 1 ? range.High + width : range.Low + (i + 1) * width,
                    label = $"from {Paint.Number(range.Low + i * width, "0.#")}",
                    color = $"$h{i}",
                }),
            },
            series = new[]
            {
                new
                {
                    type = "heatmap",
                    itemStyle = new { borderColor = "$paper", borderWidth = 2 },
                    data = cells.Select(cell => new
                    {
                        value = new[] { cell.Column, cell.Row, cell.Value },
                        tip = $"{rows[cell.Row].OnAxis}\n{columns[cell.Column]}: {Paint.Number(cell.Value)}",
                        label = new
                        {
                            show = true,
                            formatter = Paint.Number(cell.Value),
                            color = ClassOf(cell.Value) < Classes / 2 ? "$ink" : "$inverse",
                            fontSize = 11,
                        },
                    }),
                },
            },
        });
    }
}
