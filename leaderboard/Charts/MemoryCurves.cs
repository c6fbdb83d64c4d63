using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Charts;

/// <summary>GPU memory over time on one case.</summary>
/// <param name="Case">The case's name for readers.</param>
/// <param name="Use">What was sampled; its curve has two points or more.</param>
internal sealed record MemoryCurve(string Case, GpuUse Use);

/// <summary>
/// GPU memory against time, one line per case; the case with the median area and that with the largest stand out.
/// </summary>
internal static class MemoryCurves
{
    // More lines than this are a blot. Those drawn are spread evenly over the areas.
    private const int MostLines = 40;

    private const double Gib = 1 << 30;

    /// <summary>Draws the curves of one entry.</summary>
    /// <param name="name">File name.</param>
    /// <param name="entry">The entry's name for readers.</param>
    /// <param name="curves">At least one.</param>
    public static Figure Draw(string name, string entry, IReadOnlyList<MemoryCurve> curves)
    {
        MemoryCurve[] sorted =
        [
            .. curves.OrderBy(curve => curve.Use.AreaMibSeconds ?? 0).ThenBy(curve => curve.Case, StringComparer.Ordinal),
        ];
        var (middle, largest) = (sorted[(sorted.Length - 1) / 2], sorted[^1]);
        MemoryCurve[] drawn = [.. Spread(sorted).Union([middle, largest])];
        return new Figure
        {
            Name = name,
            Title = $"GPU memory of {entry}",
            Note = $"Memory in use from just before the container's start to its end, a line per case"
                + (drawn.Length < sorted.Length ? $", {drawn.Length} of {Counted.Of(sorted.Length, "case")}" : "") + ". "
                + (sorted.Any(curve => curve.Use.Source == GpuSource.Device)
                    ? "Of the whole device, less what was in use before. " : "Of the container's own processes. ")
                + "The area below a line is what the BodyMaps score divides by.",
            Alt = $"Lines of GPU memory against seconds for {Counted.Of(drawn.Length, "case")}. The highest peak is "
                + $"{Paint.Number(sorted.Max(Peak), "0.00")} GiB; the median case has an area of "
                + $"{Paint.Number(middle.Use.AreaMibSeconds, "0")} MiB·s, "
                + $"the largest {Paint.Number(largest.Use.AreaMibSeconds, "0")}.",
            Width = Paint.Width,
            Height = 380,
            Option = Option(drawn, middle, largest),
            Table = new FigureTable(
                [
                    ("Case", false), ("Peak, GiB", true), ("Area, MiB·s", true), ("Sampled for, s", true), ("Samples", true),
                ],
                [.. drawn.OrderByDescending(curve => curve.Use.AreaMibSeconds ?? 0).Select(curve => (string[])
                [
                    curve.Case, Paint.Number(Peak(curve), "0.00"), Paint.Number(curve.Use.AreaMibSeconds, "0"),
                    Paint.Number(curve.Use.Curve[^1].Seconds, "0.0"), Paint.Number(curve.Use.Samples, "0"),
                ])]),
        };
    }

    private static IEnumerable<MemoryCurve> Spread(MemoryCurve[] sorted) => sorted.Length <= MostLines
        ? sorted
        : Enumerable.Range(0, MostLines).Select(i => sorted[i * (sorted.Length - 1) / (MostLines - 1)]);

    private static double Peak(MemoryCurve curve) =>
        (curve.Use.PeakBytes ?? curve.Use.Curve.Max(point => point.Bytes)) / Gib;

    private static string Option(MemoryCurve[] drawn, MemoryCurve middle, MemoryCurve largest)
    {
        var points = drawn.SelectMany(curve => curve.Use.Curve).ToArray();
        const string Others = "Other cases";
        return Figure.Json(new
        {
            grid = Paint.Grid(64, top: 40, bottom: 56),
            tooltip = Paint.Tooltip,
            legend = Paint.Legend(
                [.. Names(drawn, middle, largest).Distinct().OrderByDescending(name => name == Others)], 64),
            xAxis = Paint.Values(AxisRange.Around(points.Select(point => point.Seconds).Append(0)), "seconds"),
            yAxis = Paint.Values(
                AxisRange.Around(points.Select(point => point.Bytes / Gib).Append(0)), "GPU memory, GiB",
                isVertical: true),
            series = drawn.Zip(Names(drawn, middle, largest)).OrderByDescending(pair => pair.Second == Others)
                .Select(pair => new
                {
                    type = "line",
                    name = pair.Second,
                    symbol = "none",
                    z = pair.Second == Others ? 2 : 3,
                    lineStyle = new { color = Colour(pair.Second), width = pair.Second == Others ? 1 : 2.2 },
                    itemStyle = new { color = Colour(pair.Second) },
                    data = pair.First.Use.Curve.Select(
                        point => new[] { Math.Round(point.Seconds, 3), Math.Round(point.Bytes / Gib, 4) }),
                }),
        });

        string Colour(string name) => name == Others ? "$range"
            : name == Words(largest, "largest area") ? "$second"
            : "$mark";

        IEnumerable<string> Names(IEnumerable<MemoryCurve> curves, MemoryCurve median, MemoryCurve most) =>
            curves.Select(curve => curve == most ? Words(most, "largest area")
                : curve == median ? Words(median, "median area")
                : Others);

        static string Words(MemoryCurve curve, string what) => $"{curve.Case} ({what})";
    }
}
