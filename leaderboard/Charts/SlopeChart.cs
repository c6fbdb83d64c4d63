namespace Touchstone.Leaderboard.Charts;

/// <summary>One line of a slope chart.</summary>
/// <param name="Label">Whose.</param>
/// <param name="Values">One per column; null breaks the line.</param>
internal sealed record Slope(Label Label, IReadOnlyList<double?> Values);

/// <summary>Lines between columns: IID to OOD, or ranks under each scheme.</summary>
internal static class SlopeChart
{
    /// <summary>Draws lines with their names at the right end.</summary>
    /// <param name="head">Name, title, note and alternative text.</param>
    /// <param name="axis">What the values are, with unit.</param>
    /// <param name="columns">Names of the columns; at least 2.</param>
    /// <param name="lines">The lines; values as they are to be shown.</param>
    /// <param name="isRank">Whether 1 is on top.</param>
    public static Figure Draw(
        (string Name, string Title, string Note, string Alt) head, string axis, IReadOnlyList<string> columns,
        IReadOnlyList<Slope> lines, bool isRank)
    {
        var format = isRank ? "0" : "0.0";
        return new Figure
        {
            Name = head.Name,
            Title = head.Title,
            Note = head.Note,
            Alt = head.Alt,
            Width = Paint.Width,
            Height = Math.Max(360, 100 + 22 * lines.Count),
            Option = Option(axis, columns, lines, isRank, format),
            Table = new FigureTable(
                [("Method", false), .. columns.Select(column => (column, true))],
                [.. lines.Select(line => (string[])
                [
                    line.Label.OnAxis, .. line.Values.Select(value => Paint.Number(value, format)),
                ])]),
        };
    }

    private static string Option(
        string axis, IReadOnlyList<string> columns, IReadOnlyList<Slope> lines, bool isRank, string format)
    {
        var values = lines.SelectMany(line => line.Values).OfType<double>().ToArray();
        var range = isRank
            ? new AxisRange(1, Math.Max(2, values.DefaultIfEmpty(2).Max()), 1)
            : AxisRange.Around(values);
        var room = Paint.Room(lines.Select(line => line.Label.OnAxis), most: 225);
        return Figure.Json(new
        {
            grid = Paint.Grid(90, top: columns.Count > 4 ? 64 : 40, right: room + 16, bottom: 28),
            tooltip = Paint.Tooltip,
            xAxis = new
            {
                type = "category",
                position = "top",
                data = columns,
                boundaryGap = false,
                axisLabel = new
                {
                    color = "$ink",
                    interval = 0,
                    fontSize = columns.Count > 4 ? 10 : 13,
                    lineHeight = 13,
                    width = (Paint.Width - room - 90) / Math.Max(1, columns.Count - 1) - 8,
                    overflow = "break",
                },
                axisLine = new { show = false },
                axisTick = new { show = false },
                splitLine = new { show = true, lineStyle = new { color = "$soft" } },
            },
            yAxis = new
            {
                type = "value",
                inverse = isRank,
                min = range.Low,
                max = range.High,
                interval = range.Step,
                name = axis,
                nameLocation = "middle",
                nameGap = 44,
                nameTextStyle = new { color = "$soft" },
                axisLabel = new { formatter = range.Format, color = "$soft" },
                splitLine = new { lineStyle = new { color = "$line" } },
            },
            series = lines.Select((line, i) => Series(line, columns, format, i)),
        });
    }

    private static object Series(Slope line, IReadOnlyList<string> columns, string format, int index) => new
    {
        type = "line",
        name = line.Label.OnAxis,
        symbol = "circle",
        symbolSize = 8,
        connectNulls = true,
        lineStyle = new
        {
            color = Color(line, index),
            width = 2,
            type = line.Label.Kind == LabelKind.Participant ? "solid" : "dashed",
        },
        itemStyle = new { color = Color(line, index) },
        emphasis = new { focus = "series", lineStyle = new { width = 4 } },
        labelLayout = new { moveOverlap = "shiftY" },
        endLabel = new { show = true, formatter = "{a}", color = "$ink", fontSize = 11, lineHeight = 15 },
        data = line.Values.Select((value, i) => new
        {
            name = line.Label.OnAxis,
            value,
            tip = $"{line.Label.OnAxis}\n{columns[i]}: {Paint.Number(value, format)}",
        }),
    };

    private static string Color(Slope line, int index) => line.Label.Kind != LabelKind.Participant
        ? "$gone" : index switch { 0 => "$gold", 1 => "$silver", 2 => "$bronze", _ => "$range" };
}
