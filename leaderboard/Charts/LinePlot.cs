namespace Touchstone.Leaderboard.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">In the axis' unit; above 0 on a logarithmic axis.</param>
/// <param name="Y">A fraction, shown in percent.</param>
/// <param name="Sd">Its standard deviation, drawn as a whisker both ways; null for none.</param>
/// <param name="Tip">What it is, in words.</param>
internal sealed record LinePoint(double X, double Y, double? Sd, string Tip);

/// <summary>A line. Several of one name are alike and have one place in the key.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Points">In ascending order of x.</param>
/// <param name="HasMarks">Whether its points are marked.</param>
/// <param name="IsDashed">Whether it is a level to compare with.</param>
internal sealed record PlotLine(string Name, IReadOnlyList<LinePoint> Points, bool HasMarks = true, bool IsDashed = false);

/// <summary>A figure of lines: what it is called and what its axis counts.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">Heading.</param>
/// <param name="Note">How to read it.</param>
/// <param name="XName">Name of the axis below, with its unit.</param>
/// <param name="IsLog">Whether that axis is logarithmic.</param>
/// <param name="YName">What the lines show.</param>
internal sealed record LineHead(string Name, string Title, string Note, string XName, bool IsLog, string YName);

/// <summary>Scores against a size or a time, a line per method.</summary>
internal static class LinePlot
{
    private static readonly string[] Colors = ["$gone", "$mark", "$second", "$good", "$bad", "$gold", "$bronze", "$silver"];
    private static readonly string[] Symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "arrow", "pin", "circle"];

    /// <summary>Draws lines.</summary>
    /// <param name="head">What the figure is called.</param>
    /// <param name="lines">The lines; at least one point among them.</param>
    /// <param name="table">The numbers behind it.</param>
    public static Figure Draw(LineHead head, IReadOnlyList<PlotLine> lines, FigureTable table) => new()
    {
        Name = head.Name,
        Title = head.Title,
        Note = head.Note,
        Alt = $"Lines of {head.YName} against {head.XName}. " + string.Join(" ", lines.GroupBy(line => line.Name).Select(Words)),
        Width = Paint.Width,
        Height = 420,
        Option = Option(head, lines),
        Table = table,
    };

    private static string Words(IGrouping<string, PlotLine> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToArray();
        return points.Length == 0 ? $"{lines.Key}: nothing yet."
            : $"{lines.Key}: from {Paint.Number(points[0].Y * 100)} % to {Paint.Number(points[^1].Y * 100)} %.";
    }

    private static string Option(LineHead head, IReadOnlyList<PlotLine> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToArray();
        var scores = AxisRange.Around(points.SelectMany(point => new[]
        {
            Paint.Percent(point.Y - (point.Sd ?? 0)), Paint.Percent(point.Y + (point.Sd ?? 0)),
        }).Concat(points.All(point => point.Y == 0) ? [0, 1.0] : []));
        string[] names = [.. lines.Select(line => line.Name).Distinct()];
        return Figure.Json(new
        {
            grid = Paint.Grid(64, top: Paint.LegendRoom(names), bottom: 58),
            tooltip = Paint.Tooltip,
            legend = Paint.Legend(names, 64),
            xAxis = head.IsLog
                ? Log(AxisRange.Powers(points.Select(point => point.X)), head.XName)
                : Paint.Values(AxisRange.Around(points.Select(point => point.X).Append(0)), head.XName),
            yAxis = Paint.Values(scores, head.YName + " %", isVertical: true),
            series = lines.SelectMany(line => Series(line, Array.IndexOf(names, line.Name))).ToArray(),
        });
    }

    private static object Log(AxisRange range, string name) => new
    {
        type = "log",
        min = range.Low,
        max = range.High,
        logBase = range.Step,
        name,
        nameLocation = "middle",
        nameGap = 32,
        nameTextStyle = new { color = "$soft", fontSize = 12 },
        axisLabel = new { formatter = "@plain", color = "$soft" },
        axisLine = new { lineStyle = new { color = "$soft" } },
        splitLine = new { lineStyle = new { color = "$line" } },
    };

    private static IEnumerable<object> Series(PlotLine line, int place)
    {
        var color = Colors[place % Colors.Length];
        if (line.Points.Any(point => point.Sd is not null))
        {
            yield return Paint.Intervals(line.Points.Where(point => point.Sd is not null).Select(point => new double?[]
            {
                point.X, Paint.Percent(point.Y), null, null, Paint.Percent(point.Y - point.Sd!.Value), Paint.Percent(point.Y + point.Sd!.Value),
            }), color);
        }

        yield return new
        {
            type = "line",
            name = line.Name,
            symbol = line.HasMarks ? Symbols[place % Symbols.Length] : "none",
            symbolSize = 9,
            z = 4,
            lineStyle = new { color, width = line.HasMarks ? 2.2 : 1.4, type = line.IsDashed ? "dashed" : "solid" },
            itemStyle = new { color },
            data = line.Points.Select(point => new
            {
                value = new[] { Math.Round(point.X, 6), Paint.Percent(point.Y) },
                tip = point.Tip,
            }),
        };
    }
}
