using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Charts;

/// <summary>One bar.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Value">A fraction; null draws no bar.</param>
/// <param name="Interval">Its interval; null for none.</param>
/// <param name="Count">Cases behind it; null when that is not told.</param>
/// <param name="Color">Name of a colour.</param>
internal sealed record Bar(string Name, double? Value, Interval? Interval, int? Count = null, string Color = "$range");

/// <summary>Bars of fractions from zero, with intervals: subgroups, podium.</summary>
internal static class IntervalBars
{
    /// <summary>Lying bars, first one on top.</summary>
    /// <param name="head">Name, title and note.</param>
    /// <param name="measure">What the values are; shown in percent.</param>
    /// <param name="bars">The bars.</param>
    public static Figure Draw((string Name, string Title, string Note) head, string measure, IReadOnlyList<Bar> bars)
    {
        var room = Paint.Room(bars.Select(bar => bar.Name));
        return new Figure
        {
            Name = head.Name,
            Title = head.Title,
            Note = head.Note,
            Alt = $"Bars of {measure}: " + string.Join("; ", bars.Select(bar =>
                $"{bar.Name} {Paint.Number(bar.Value * 100)} %")) + ".",
            Width = Paint.Width,
            Height = 74 + 30 * bars.Count,
            Option = Option(measure, bars, room),
            Table = new FigureTable(
                [("Group", false), ("Cases", true), (measure + " %", true), ("Interval", true)],
                [.. bars.Select(bar => new[]
                {
                    bar.Name, Paint.Number(bar.Count, "0"), Paint.Number(bar.Value * 100),
                    bar.Interval is { } range
                        ? $"{Paint.Number(range.Low * 100)} to {Paint.Number(range.High * 100)}" : "–",
                })]),
        };
    }

    private static string Option(string measure, IReadOnlyList<Bar> bars, int room)
    {
        var ends = bars.SelectMany(bar => new[] { bar.Value, bar.Interval?.Low, bar.Interval?.High }).OfType<double>();
        return Figure.Json(new
        {
            grid = Paint.Grid(room, top: 10),
            tooltip = Paint.Tooltip,
            xAxis = Paint.Values(AxisRange.Around(ends.Select(Paint.Percent).Append(0)), measure + " %"),
            yAxis = Paint.Names(bars.Select(bar => bar.Name), room),
            series = new[]
            {
                new
                {
                    type = "bar",
                    barWidth = 16,
                    data = bars.Select(bar => new
                    {
                        value = bar.Value is { } value ? Paint.Percent(value) : (double?)null,
                        itemStyle = new { color = bar.Color },
                        tip = $"{bar.Name}: {Paint.Number(bar.Value * 100)} %"
                            + (bar.Count is { } count ? $", {Counted.Of(count, "case")}" : ""),
                    }),
                },
                Paint.Intervals(bars.Select((bar, i) => (bar, i)).Where(pair => pair.bar is { Value: not null, Interval: not null })
                    .Select(pair => new double?[]
                    {
                        Paint.Percent(pair.bar.Value!.Value), pair.i, Paint.Percent(pair.bar.Interval!.Value.Low),
                        Paint.Percent(pair.bar.Interval!.Value.High), null, null,
                    })),
            },
        });
    }
}
