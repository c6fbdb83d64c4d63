namespace Touchstone.Leaderboard.Charts;

/// <summary>One entry's memory over the course of a case.</summary>
/// <param name="Label">Whose.</param>
/// <param name="Points">Seconds from the start and megabytes in use, in order of time.</param>
internal sealed record MemoryTrace(Label Label, IReadOnlyList<(double Seconds, double Megabytes)> Points)
{
    /// <summary>
    /// Area under the curve in MB·s: each sample holds until the next one, the last one for nothing.
    /// </summary>
    public double Area => Points.Zip(Points.Skip(1), (a, b) => a.Megabytes * (b.Seconds - a.Seconds)).Sum();
}

/// <summary>GPU memory against time, the area under which the challenge counts.</summary>
internal static class MemoryCurve
{
    private static readonly string[] Colours = ["$mark", "$second", "$good", "$gold", "$bad", "$silver", "$bronze", "$range"];
    private static readonly string[] Dashes = ["solid", "dashed", "dotted"];

    /// <summary>Draws the curves as steps.</summary>
    /// <param name="name">File name.</param>
    /// <param name="title">Heading.</param>
    /// <param name="traces">The curves.</param>
    public static Figure Draw(string name, string title, IReadOnlyList<MemoryTrace> traces)
    {
        var points = traces.SelectMany(trace => trace.Points).ToArray();
        var left = 74;
        return new Figure
        {
            Name = name,
            Title = title,
            Note = "Megabytes of GPU memory in use over the seconds of a case. The area under a curve is what the challenge "
                + "counts.",
            Alt = $"Curves of {traces.Count} entries: " + string.Join("; ", traces.Select(trace =>
                $"{trace.Label.Name} peaks at {Paint.Number(trace.Points.Max(point => point.Megabytes), "0")} MB")) + ".",
            Width = Paint.Width,
            Height = 400,
            Option = Figure.Json(new
            {
                grid = Paint.Grid(left, top: 40, bottom: 56),
                tooltip = Paint.Tooltip,
                legend = Paint.Legend(traces.Select(trace => trace.Label.OnAxis), left),
                xAxis = Paint.Values(AxisRange.Around(points.Select(point => point.Seconds).Append(0)), "seconds"),
                yAxis = Paint.Values(
                    AxisRange.Around(points.Select(point => point.Megabytes).Append(0)), "MB", isVertical: true),
                series = traces.Select((trace, i) => new
                {
                    type = "line",
                    name = trace.Label.OnAxis,
                    step = "end",
                    symbol = "none",
                    lineStyle = new
                    {
                        color = Colours[i % Colours.Length],
                        width = 2,
                        type = Dashes[i / Colours.Length % Dashes.Length],
                    },
                    itemStyle = new { color = Colours[i % Colours.Length] },
                    areaStyle = new { color = Colours[i % Colours.Length], opacity = 0.12 },
                    data = trace.Points.Select(point => new[] { point.Seconds, point.Megabytes }),
                }),
            }),
            Table = new FigureTable(
                [("Method", false), ("Peak, MB", true), ("Area, MB·s", true), ("Samples", true)],
                [.. traces.Select(trace => new[]
                {
                    trace.Label.OnAxis, Paint.Number(trace.Points.Max(point => point.Megabytes), "0"),
                    Paint.Number(trace.Area, "0"), Paint.Number(trace.Points.Count, "0"),
                })]),
        };
    }
}
