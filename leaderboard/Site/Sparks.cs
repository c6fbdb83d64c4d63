using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>An axis of fractions, chosen from the data so that nothing falls outside.</summary>
/// <param name="Low">Left end.</param>
/// <param name="High">Right end.</param>
internal readonly record struct Axis(double Low, double High)
{
    /// <summary>The tightest axis in steps of 10 points around all values; 0 to 1 without any.</summary>
    public static Axis Around(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return all.Length == 0
            ? new Axis(0, 1)
            : new Axis(
                Math.Floor(Math.Min(all.Min(), 0.9) * 10) / 10, Math.Ceiling(Math.Max(all.Max(), 0.1) * 10) / 10);
    }

    /// <summary>For captions.</summary>
    public override string ToString() => $"{Show.Signed(Low * 100, "0")} to {Show.Signed(High * 100, "0")}";

    /// <summary>Where a value lies on a line of a length.</summary>
    public double Place(double value, double length) =>
        High == Low ? length / 2 : (value - Low) / (High - Low) * length;
}

/// <summary>
/// Small drawings inside tables, as SVG with a text alternative. Their colours come from the style sheet.
/// </summary>
internal static class Sparks
{
    /// <summary>Entries that <see cref="Strip"/> draws as discs.</summary>
    public const int MostDiscs = 30;

    /// <summary>A dot with its interval on an axis.</summary>
    public static Html Dot(double? mean, Interval? interval, Axis axis)
    {
        if (mean is not { } value)
        {
            return Html.Empty;
        }

        const double Width = 110;
        var range = interval ?? new Interval(value, value);
        var (low, high) = (5 + axis.Place(range.Low, Width), 5 + axis.Place(range.High, Width));
        return Html.Of($"""
            <svg class="chart dot" viewBox="0 0 120 14" width="120" height="14" role="img"
              aria-label="{Show.Percent(mean)}, interval {Show.Percent(interval)}">
            <line class="axis" x1="5" y1="7" x2="115" y2="7"/><line class="range" x1="{low}" y1="7" x2="{high}" y2="7"/>
            <circle class="mark" cx="{5 + axis.Place(value, Width)}" cy="7" r="4"/>
            </svg>
            """);
    }

    /// <summary>A line from the in-distribution mean down (or up) to the out-of-distribution mean.</summary>
    public static Html Slope(double? iid, double? ood, Axis axis)
    {
        if (iid is not { } left || ood is not { } right)
        {
            return Html.Empty;
        }

        var (from, to) = (23 - axis.Place(left, 18), 23 - axis.Place(right, 18));
        return Html.Of($"""
            <svg class="chart slope" viewBox="0 0 56 28" width="56" height="28" role="img"
              aria-label="IID {Show.Percent(iid)}, OOD {Show.Percent(ood)}">
            <line class="range" x1="8" y1="{from}" x2="48" y2="{to}"/>
            <circle class="mark" cx="8" cy="{from}" r="4"/><circle class="mark open" cx="48" cy="{to}" r="4"/>
            </svg>
            """);
    }

    /// <summary>Scored, failed and missing cases as parts of one bar.</summary>
    public static Html CoverageBar(Coverage coverage)
    {
        var whole = Math.Max(1, coverage.Expected);
        var words = $"{Show.Signed(coverage.Scored, "0")} scored, {Show.Signed(coverage.Failed, "0")} failed, "
            + $"{Show.Signed(coverage.Missing, "0")} missing of {Show.Count(coverage.Expected, "case")}";
        var (scored, failed) = (100.0 * coverage.Scored / whole, 100.0 * coverage.Failed / whole);
        return Html.Of($"""
            <svg class="chart cover" viewBox="0 0 100 8" width="100" height="8" role="img" aria-label="{words}">
            <rect class="missing" x="0" y="0" width="100" height="8"/>
            <rect class="scored" x="0" y="0" width="{scored}" height="8"/>
            <rect class="failed" x="{scored}" y="0" width="{failed}" height="8"/>
            </svg>
            """);
    }

    /// <summary>
    /// A disc per entry on an axis, open for baselines. More than <see cref="MostDiscs"/> would hide each other, and be most of
    /// what a browser has to lay out: they become fine strokes in one path.
    /// </summary>
    public static Html Strip(IReadOnlyList<(double Value, bool IsBaseline)> values, Axis axis)
    {
        if (values.Count == 0)
        {
            return Html.Empty;
        }

        const double Width = 150;
        var places = values.Select(one => (X: 5 + axis.Place(one.Value, Width), Open: one.IsBaseline ? " open" : ""));
        var ticks = values.Count <= MostDiscs
            ? places.Select(one => Html.Of($"<circle class=\"mark{one.Open}\" cx=\"{one.X}\" cy=\"7\" r=\"4\"/>\n"))
            : places.GroupBy(one => one.Open, (open, ones) => Html.Of(
                $"<path class=\"stroke{open}\" d=\"{Html.Join(ones.Select(one => Html.Of($"M{one.X} 2v10")))}\"/>\n"));
        var (low, high) = (values.Min(one => one.Value), values.Max(one => one.Value));
        return Html.Of($"""
            <svg class="chart strip" viewBox="0 0 160 14" width="160" height="14" role="img"
              aria-label="{Show.Count(values.Count, "entry", "entries")}, {Show.Percent(low)} to {Show.Percent(high)}">
            <line class="axis" x1="5" y1="7" x2="155" y2="7"/>
            {ticks}</svg>
            """);
    }

    /// <summary>A medal for ranks 1 to 3.</summary>
    public static Html Medal(int rank) => Html.Of($"""
        <svg class="medal m{rank}" viewBox="0 0 40 52" width="40" height="52" role="img" aria-label="Rank {rank}">
        <path class="ribbon" d="M8 0h9l5 18h-9zM32 0h-9l-5 18h9z"/>
        <circle class="disc" cx="20" cy="33" r="17"/><circle class="rim" cx="20" cy="33" r="13"/>
        <text x="20" y="39" text-anchor="middle">{rank}</text>
        </svg>
        """);
}
