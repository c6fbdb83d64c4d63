using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Charts;

/// <summary>The values of one box.</summary>
/// <param name="Label">Whose they are.</param>
/// <param name="Values">Fractions, in any order.</param>
internal sealed record Sample(Label Label, IReadOnlyList<double> Values);

/// <summary>
/// Box plots, one line per sample: quartiles and median (type 7), whiskers to the last value within 1.5 interquartile
/// ranges, every value beyond as a dot, and the mean as a diamond.
/// </summary>
/// <remarks>Source: Tukey, Exploratory Data Analysis (1977).</remarks>
internal static class BoxPlot
{
    // A browser takes its time over more dots than this, and nobody tells them apart.
    private const int MostDots = 4000;

    private static readonly int[] BoxWidth = [6, 14];

    /// <summary>Draws the samples in the order given, first one on top.</summary>
    /// <param name="name">File name.</param>
    /// <param name="title">Heading.</param>
    /// <param name="measure">What the values are, such as <c>DSC</c>; they are shown in percent.</param>
    /// <param name="samples">The samples; empty ones are left out.</param>
    /// <param name="remark">A further sentence of the note; null for none.</param>
    public static Figure Draw(
        string name, string title, string measure, IEnumerable<Sample> samples, string? remark = null)
    {
        var boxes = Thin([.. samples.Where(sample => sample.Values.Count > 0).Select(Box.Of)]);
        var range = AxisRange.Around(boxes.SelectMany(box => box.Outliers.Concat([box.Low, box.High, box.Mean])));
        var room = Paint.Room(boxes.Select(box => box.Label.OnAxis));
        var best = boxes.MaxBy(box => box.Median);
        return new Figure
        {
            Name = name,
            Title = title,
            Note = "Box: quartiles and median over cases. Whiskers: the last case within 1.5 interquartile ranges; dots: "
                + "every case beyond. Diamond: mean. Failed and missing cases count as 0." + (remark is null ? "" : " " + remark),
            Alt = boxes.Length == 0 ? "No values." : $"Box plots of {measure} over cases for {Counted.Of(boxes.Length, "entry", "entries")}. "
                + $"The highest median is {Paint.Number(best!.Median)} %, of {best.Label.Name}; medians go down to "
                + $"{Paint.Number(boxes.Min(box => box.Median))} %.",
            Width = Paint.Width,
            Height = 74 + 26 * boxes.Length,
            Option = Option(boxes, range, room, measure),
            Table = new FigureTable(
                [("Method", false), ("Cases", true), ("Mean", true), ("Lower whisker", true), ("First quartile", true),
                    ("Median", true), ("Third quartile", true), ("Upper whisker", true), ("Cases beyond", true)],
                [.. boxes.Select(box => box.Row)]),
        };
    }

    /// <summary>Of very many dots, those within a point of each other are one.</summary>
    private static Box[] Thin(Box[] boxes) => boxes.Sum(box => box.Outliers.Length) <= MostDots
        ? boxes
        : [.. boxes.Select(box => box with
        {
            Outliers = [.. box.Outliers.Select(value => Math.Round(value)).Distinct()],
        })];

    private static string Option(Box[] boxes, AxisRange range, int room, string measure) => Figure.Json(new
    {
        grid = Paint.Grid(room, top: 10),
        tooltip = Paint.Tooltip,
        xAxis = Paint.Values(range, measure + " %"),
        yAxis = Paint.Names(boxes.Select(box => box.Label.OnAxis), room),
        series = new object[]
        {
            new
            {
                type = "boxplot",
                name = measure,
                boxWidth = BoxWidth,
                itemStyle = new { color = "$fill", borderColor = "$mark", borderWidth = 1.3 },
                data = boxes.Select(box => new
                {
                    value = new[] { box.Low, box.Q1, box.Median, box.Q3, box.High },
                    tip = box.Tip,
                }),
            },
            new
            {
                type = "scatter",
                name = "Cases beyond the whiskers",
                silent = true,
                symbolSize = 4,
                itemStyle = new { color = "$mark", opacity = 0.45 },
                data = boxes.SelectMany((box, i) => box.Outliers.Select(value => new[] { value, i })),
            },
            new
            {
                type = "scatter",
                name = "Mean",
                silent = true,
                symbol = "diamond",
                symbolSize = 9,
                z = 4,
                itemStyle = new { color = "$second" },
                data = boxes.Select((box, i) => new[] { box.Mean, i }),
            },
        },
    });

    private sealed record Box(
        Label Label, int Count, double Mean, double Low, double Q1, double Median, double Q3, double High,
        double[] Outliers, int Beyond)
    {
        public string Tip => $"{Label.OnAxis}\nmedian {Paint.Number(Median)}, quartiles {Paint.Number(Q1)} to "
            + $"{Paint.Number(Q3)}\nmean {Paint.Number(Mean)} of {Counted.Of(Count, "case")}, {Beyond} beyond the whiskers";

        public IReadOnlyList<string> Row =>
        [
            Label.OnAxis, Paint.Number(Count, "0"), Paint.Number(Mean), Paint.Number(Low), Paint.Number(Q1),
            Paint.Number(Median), Paint.Number(Q3), Paint.Number(High), Paint.Number(Beyond, "0"),
        ];

        public static Box Of(Sample sample)
        {
            double[] sorted = [.. sample.Values.Select(Paint.Percent).Order()];
            double At(double p) => Math.Round(Describe.QuantileOfSorted(sorted, p)!.Value, 3);
            var (q1, q3) = (At(0.25), At(0.75));
            var reach = 1.5 * (q3 - q1);
            var low = sorted.First(value => value >= q1 - reach);
            var high = sorted.Last(value => value <= q3 + reach);

            // Dots that would lie on each other are one dot: a tenth of a point is a third of a pixel.
            double[] beyond = [.. sorted.Where(value => value < low || value > high)];
            return new Box(
                sample.Label, sorted.Length, Math.Round(sorted.Average(), 3), low, q1, At(0.5), q3, high,
                [.. beyond.Select(value => Math.Round(value, 1)).Distinct()], beyond.Length);
        }
    }
}
