using System.Globalization;

namespace Touchstone.Leaderboard.Charts;

/// <summary>The pieces that all figures share, so that they look like one family.</summary>
internal static class Paint
{
    /// <summary>Width of a figure that fills the page's text column.</summary>
    public const int Width = 960;

    /// <summary>Tooltips: drawn on the canvas, so that a strict content security policy holds.</summary>
    public static object Tooltip { get; } = new
    {
        trigger = "item",
        renderMode = "richText",
        confine = true,
        formatter = "@tip",
        backgroundColor = "$paper",
        borderColor = "$soft",
        textStyle = new { color = "$ink", fontSize = 12 },
    };

    /// <summary>A fraction in percent, to a thousandth of a point.</summary>
    public static double Percent(double fraction) => Math.Round(fraction * 100, 3);

    /// <summary>A number for tooltips, tables and alternative texts.</summary>
    public static string Number(double? value, string format = "0.0") =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    /// <summary>Pixels that labels need beside an axis, at most <paramref name="most"/>.</summary>
    public static int Room(IEnumerable<string> labels, int most = 230) =>
        Math.Min(most, 24 + (int)Math.Ceiling(labels.Select(label => label.Length).DefaultIfEmpty().Max() * 7.3));

    /// <summary>An axis of numbers.</summary>
    public static object Values(AxisRange range, string name, bool isVertical = false) => new
    {
        type = "value",
        min = range.Low,
        max = range.High,
        interval = range.Step,
        name,
        nameLocation = "middle",
        nameGap = isVertical ? 44 : 30,
        nameTextStyle = new { color = "$soft", fontSize = 12 },
        axisLabel = new { formatter = range.Format, color = "$soft" },
        axisLine = new { show = false },
        axisTick = new { show = false },
        splitLine = new { lineStyle = new { color = "$line" } },
    };

    /// <summary>An axis of names, first one on top, every name shown.</summary>
    public static object Names(IEnumerable<string> names, int room, bool hasLine = true) => new
    {
        type = "category",
        inverse = true,
        data = names.ToArray(),
        axisLabel = new { color = "$ink", interval = 0, width = room - 14, overflow = "truncate" },
        axisLine = new { show = hasLine, lineStyle = new { color = "$soft" } },
        axisTick = new { show = false },
    };

    /// <summary>An axis of names below, written upwards when they are long.</summary>
    public static object NamesBelow(IReadOnlyList<string> names, int room, bool hasLine = true) => new
    {
        type = "category",
        data = names,
        axisLabel = new { color = "$ink", interval = 0, rotate = 90, width = room - 14, overflow = "truncate" },
        axisLine = new { show = hasLine, lineStyle = new { color = "$soft" } },
        axisTick = new { show = false },
    };

    /// <summary>A key to what the marks mean.</summary>
    public static object Legend(IEnumerable<string> names, int left) => new
    {
        data = names.ToArray(),
        top = 0,
        left,
        itemGap = 22,
        itemWidth = 16,
        itemHeight = 10,
        inactiveColor = "$soft",
        textStyle = new { color = "$ink" },
    };

    /// <summary>Pixels that a key needs above the plot: more where its names fill several lines.</summary>
    public static int LegendRoom(IEnumerable<string> names) =>
        52 + (24 * (int)(names.Distinct().Sum(name => 44 + (name.Length * 7.2)) / (Width - 90)));

    /// <summary>The plot's place within the figure.</summary>
    public static object Grid(int left, int top, int right = 24, int bottom = 52) =>
        new { left, top, right, bottom, containLabel = false };

    /// <summary>A series of intervals, drawn by the custom series of <c>web/figures.js</c>.</summary>
    /// <param name="rows">x, y, x low, x high, y low, y high; null where there is none.</param>
    /// <param name="color">Name of a colour.</param>
    public static object Intervals(IEnumerable<double?[]> rows, string color = "$ink") => new
    {
        type = "custom",
        renderItem = "interval",
        silent = true,
        z = 3,
        dimensions = new[] { "x", "y", "left", "right", "low", "high" },
        encode = new { x = new[] { "x", "left", "right" }, y = new[] { "y", "low", "high" } },
        itemStyle = new { color },
        data = rows.Select(row => new { value = row }).ToArray(),
    };
}
