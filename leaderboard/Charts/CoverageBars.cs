namespace Touchstone.Leaderboard.Charts;

/// <summary>What became of every expected case, per entry, as one bar.</summary>
internal static class CoverageBars
{
    private static readonly string[] Colours = ["$bad", "$second", "$bronze", "$silver", "$range", "$gold"];

    // Scored first, no result last, endings between them.
    private static string Color(int kind, int kinds) =>
        kind == 0 ? "$good" : kind == kinds - 1 ? "$gone" : Colours[(kind - 1) % Colours.Length];

    /// <summary>Draws the bars.</summary>
    /// <param name="name">File name.</param>
    /// <param name="labels">The entries, first one on top.</param>
    /// <param name="kinds">What can become of a case in words: scored first, no result last.</param>
    /// <param name="count">Cases by entry and kind.</param>
    public static Figure Draw(
        string name, IReadOnlyList<Label> labels, IReadOnlyList<string> kinds, Func<int, int, int> count)
    {
        var totals = labels.Select((_, e) => kinds.Select((_, k) => count(e, k)).Sum()).ToArray();
        var room = Paint.Room(labels.Select(label => label.OnAxis));
        var complete = labels.Where((_, e) => count(e, 0) == totals[e]).Count();
        return new Figure
        {
            Name = name,
            Title = "What became of the cases",
            Note = "Every expected case of every entry. Whatever was not scored counts with the worst value.",
            Alt = $"Bars of {Counted.Of(labels.Count, "entry", "entries")}: {complete} scored every case"
                + string.Concat(labels.Select((label, e) => (label, e)).Where(pair => count(pair.e, 0) < totals[pair.e])
                    .Select(pair => $"; {pair.label.Name} {count(pair.e, 0)} of {totals[pair.e]}")) + ".",
            Width = Paint.Width,
            Height = 96 + 24 * labels.Count,
            Option = Figure.Json(new
            {
                grid = Paint.Grid(room, top: 34),
                tooltip = Paint.Tooltip,
                legend = Paint.Legend(kinds, room),
                xAxis = Paint.Values(AxisRange.Around(totals.Select(total => (double)total).Append(0)), "cases"),
                yAxis = Paint.Names(labels.Select(label => label.OnAxis), room),
                series = kinds.Select((kind, k) => new
                {
                    type = "bar",
                    name = kind,
                    stack = "cases",
                    barWidth = 12,
                    itemStyle = new { color = Color(k, kinds.Count) },
                    data = labels.Select((label, e) => new
                    {
                        value = count(e, k),
                        tip = $"{label.OnAxis}\n{count(e, k)} of {totals[e]} {kind}",
                    }),
                }),
            }),
            Table = new FigureTable(
                [("Method", false), .. kinds.Select(kind => (kind, true))],
                [.. labels.Select((label, e) => (string[])
                [
                    label.OnAxis, .. kinds.Select((_, k) => Paint.Number(count(e, k), "0")),
                ])]),
        };
    }
}
