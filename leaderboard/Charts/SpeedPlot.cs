using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Charts;

/// <summary>One entry's accuracy and time.</summary>
/// <param name="Label">Whose.</param>
/// <param name="Score">A fraction; higher is better.</param>
/// <param name="ScoreInterval">Interval of the score; null for none.</param>
/// <param name="Seconds">Mean seconds per case, above 0; lower is better.</param>
/// <param name="SecondsInterval">Interval of the seconds; null for none.</param>
internal sealed record SpeedPoint(
    Label Label, double Score, Interval? ScoreInterval, double Seconds, Interval? SecondsInterval)
{
    /// <summary>Whether another point is at least as good in both and better in one.</summary>
    public bool IsDominatedBy(SpeedPoint other) => other.Score >= Score && other.Seconds <= Seconds
        && (other.Score > Score || other.Seconds < Seconds);
}

/// <summary>Accuracy against seconds, with the Pareto front and error bars.</summary>
internal static class SpeedPlot
{
    private static readonly int[] AboveTheBar = [0, -9];

    /// <summary>Draws the points; seconds on a logarithmic axis.</summary>
    /// <param name="name">File name.</param>
    /// <param name="measure">What the score is, such as <c>DSC</c>; shown in percent.</param>
    /// <param name="level">Coverage of the intervals in percent, for readers.</param>
    /// <param name="points">The points.</param>
    public static Figure Draw(string name, string measure, string level, IReadOnlyList<SpeedPoint> points)
    {
        SpeedPoint[] front = [.. points.Where(point => !points.Any(point.IsDominatedBy)).OrderBy(point => point.Seconds)];
        return new Figure
        {
            Name = name,
            Title = "Accuracy against time",
            Note = $"Mean {measure} over structures and mean seconds per case with {level} % bootstrap intervals. The line is "
                + "the Pareto front: no entry is both faster and more accurate than one on it. Left and up is better.",
            Alt = $"Scatter plot of {Counted.Of(points.Count, "entry", "entries")}, {measure} against seconds per case. On the Pareto front, fastest "
                + "first: " + string.Join("; ", front.Select(point =>
                    $"{point.Label.Name}, {Paint.Number(point.Seconds, "0.#")} s and {Paint.Number(point.Score * 100)} %"))
                + ".",
            Width = Paint.Width,
            Height = 480,
            Option = Option(points, front, measure),
            Table = new FigureTable(
                [("Method", false), (measure + " %", true), ("Interval", true), ("Seconds per case", true),
                    ("Interval", true), ("On the front", false)],
                [.. points.Select(point => (string[])
                [
                    point.Label.OnAxis, Paint.Number(point.Score * 100), Range(point.ScoreInterval, 100),
                    Paint.Number(point.Seconds, "0.00"), Range(point.SecondsInterval, 1),
                    front.Contains(point) ? "yes" : "no",
                ])]),
        };
    }

    private static string Range(Interval? interval, double factor) => interval is { } range
        ? $"{Paint.Number(range.Low * factor)} to {Paint.Number(range.High * factor)}" : "–";

    private static string Option(IReadOnlyList<SpeedPoint> points, SpeedPoint[] front, string measure)
    {
        var scores = AxisRange.Around(points.SelectMany(point => new[]
        {
            Paint.Percent(point.Score), Paint.Percent(point.ScoreInterval?.Low ?? point.Score),
            Paint.Percent(point.ScoreInterval?.High ?? point.Score),
        }));
        var seconds = AxisRange.Powers(points.SelectMany(point => new[]
        {
            point.Seconds, point.SecondsInterval?.Low ?? point.Seconds, point.SecondsInterval?.High ?? point.Seconds,
        }).Where(value => value > 0));
        var kinds = points.GroupBy(point => point.Label.Kind).OrderBy(group => group.Key).ToArray();
        return Figure.Json(new
        {
            grid = Paint.Grid(64, top: 40, right: 150, bottom: 56),
            tooltip = Paint.Tooltip,
            legend = Paint.Legend([.. kinds.Select(kind => Words(kind.Key)), "Pareto front"], 64),
            xAxis = Seconds(seconds),
            yAxis = Paint.Values(scores, measure + " %", isVertical: true),
            series = new[]
            {
                new
                {
                    type = "line",
                    name = "Pareto front",
                    step = "end",
                    symbol = "none",
                    silent = true,
                    lineStyle = new { color = "$second", width = 2, type = "dashed" },
                    itemStyle = new { color = "$second" },
                    data = front.Select(point => new[] { point.Seconds, Paint.Percent(point.Score) }),
                },
                Paint.Intervals(points.Select(Row), "$range"),
            }.Concat(kinds.Select(Series)),
        });
    }

    private static object Seconds(AxisRange range) => new
    {
        type = "log",
        min = range.Low,
        max = range.High,
        logBase = range.Step,
        name = "mean seconds per case",
        nameLocation = "middle",
        nameGap = 32,
        nameTextStyle = new { color = "$soft", fontSize = 12 },
        axisLabel = new { formatter = "@plain", color = "$soft" },
        axisLine = new { lineStyle = new { color = "$soft" } },
        minorTick = new { show = range.Step == 10, splitNumber = 10 },
        splitLine = new { lineStyle = new { color = "$line" } },
    };

    private static object Series(IGrouping<LabelKind, SpeedPoint> kind) => new
    {
        type = "scatter",
        name = Words(kind.Key),
        symbol = kind.Key == LabelKind.Participant ? "circle" : "rect",
        symbolSize = 11,
        z = 5,
        itemStyle = new { color = kind.Key == LabelKind.Participant ? "$mark" : "$gone" },
        label = new
        {
            show = true,
            position = "right",
            offset = AboveTheBar,
            formatter = "{b}",
            color = "$ink",
            textBorderColor = "$paper",
            textBorderWidth = 3,
            fontSize = 11,
        },
        labelLayout = new { moveOverlap = "shiftY" },
        data = kind.Select(point => new
        {
            name = point.Label.Name,
            value = new[] { point.Seconds, Paint.Percent(point.Score) },
            tip = $"{point.Label.OnAxis}\n{Paint.Number(point.Score * 100)} %, {Paint.Number(point.Seconds, "0.00")} s per case",
        }),
    };

    private static double?[] Row(SpeedPoint point) =>
    [
        point.Seconds, Paint.Percent(point.Score), point.SecondsInterval?.Low, point.SecondsInterval?.High,
        point.ScoreInterval is { } range ? Paint.Percent(range.Low) : null,
        point.ScoreInterval is { } other ? Paint.Percent(other.High) : null,
    ];

    private static string Words(LabelKind kind) => kind switch
    {
        LabelKind.Baseline => "Baselines",
        LabelKind.Reported => "Reported",
        LabelKind.Participant => "Participants",
    };
}
