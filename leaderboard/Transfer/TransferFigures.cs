using System.Globalization;
using Touchstone.Leaderboard.Charts;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>The figures of a report, in the form of Figures 4 and 5 of the SuPreM paper. Those without data are left out.</summary>
public static class TransferFigures
{
    /// <summary>All figures, with unique names.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<Figure> Of(TransferReport report) =>
    [
        .. report.Study.Backbones.SelectMany(backbone => Data(report, backbone)),
        .. from task in report.Study.Tasks
           from backbone in report.Study.Backbones
           from one in Annotation(report, task, backbone)
           select one,
        .. from task in report.Study.Tasks
           from backbone in report.Study.Backbones
           from one in ConvergenceFigure.Of(report, task, backbone)
           select one,
        .. from task in report.Study.Tasks
           from backbone in report.Study.Backbones
           from one in FewShot(report, task, backbone)
           select one,
    ];

    /// <summary>Name of the figure of scores against the size of pre-training.</summary>
    public static string DataName(string backbone) => $"data-{backbone}";

    /// <summary>Name of the figure of scores against annotated cases.</summary>
    public static string AnnotationName(string task, string backbone) => $"annotation-{task}-{backbone}";

    /// <summary>Name of the figure of validation scores against hours.</summary>
    public static string ConvergenceName(string task, string backbone) => $"convergence-{task}-{backbone}";

    /// <summary>Name of the figure of few annotated cases.</summary>
    public static string FewShotName(string task, string backbone) => $"few-shot-{task}-{backbone}";

    /// <summary>Whose hours they are.</summary>
    internal static string Hours(TransferReport report) => report.Study.HasGpu ? "GPU hours" : "compute hours";

    /// <summary>Mean over the tasks of what the large table shows, and of its standard deviation; null where a task has nothing.</summary>
    private static (double Mean, double? Sd)? Overall(TransferReport report, string backbone, string pretraining)
    {
        var cells = report.Study.Tasks.Select(task => report.Largest(backbone, pretraining, task.Name)).ToArray();
        return cells.Any(cell => cell?.Dsc.Mean is null) ? null
            : (cells.Average(cell => cell!.Dsc.Mean!.Value), cells.Any(cell => cell!.Dsc.Sd is null) ? null : cells.Average(cell => cell!.Dsc.Sd));
    }

    private static IEnumerable<Figure> Data(TransferReport report, OutlineName backbone)
    {
        var points = report.Study.Pretrainings.Where(one => !one.IsScratch)
            .Select(one => (
                One: one,
                Run: report.Pretrainings.FirstOrDefault(run => (run.Backbone, run.Pretraining) == (backbone.Name, one.Name)),
                Score: Overall(report, backbone.Name, one.Name)))
            .Select(one => (one.One, Cases: one.One.Cases ?? one.Run?.Cases, Hours: one.Run?.Hours, one.Score))
            .Where(one => one.Cases is not null && one.Score is not null).ToArray();
        if (points.Length == 0)
        {
            yield break;
        }

        var lines = points.GroupBy(one => one.One.Family).Select(family => new PlotLine(family.Key,
        [
            .. family.OrderBy(one => one.Cases).Select(one => new LinePoint(one.Cases!.Value, one.Score!.Value.Mean, one.Score.Value.Sd,
                $"{one.One.Title}\n{Counted.Of(one.Cases ?? 0, "case")}, {HoursOf(one.Hours, one.One.StatedHours)}\n{Paint.Number(one.Score.Value.Mean * 100)} %")),
        ])).ToList();
        if (report.Study.Pretrainings.FirstOrDefault(one => one.IsScratch) is { } scratch
            && Overall(report, backbone.Name, scratch.Name) is { } level)
        {
            var ends = AxisRange.Powers(points.Select(one => (double)one.Cases!.Value));
            var tip = $"{scratch.Title}\n{Paint.Number(level.Mean * 100)} %";
            lines.Insert(0, new PlotLine(
                scratch.Title, [new(ends.Low, level.Mean, null, tip), new(ends.High, level.Mean, null, tip)],
                HasMarks: false, IsDashed: true));
        }

        yield return LinePlot.Draw(
            new LineHead(
                DataName(backbone.Name), $"Data efficiency: {backbone.Title}",
                "DSC after fine-tuning with the most annotated cases, mean over tasks and trials with the mean standard deviation over "
                    + $"trials, against the cases of pre-training. The table has the {Hours(report)} of pre-training, measured by the "
                    + "engine; “stated” are those of others.",
                "pre-training cases", IsLog: true, "DSC"),
            lines,
            new FigureTable(
                [("Pre-training", false), ("Cases", true), (Hours(report), false), ("DSC %", true), ("s.d.", true)],
                [.. points.OrderBy(one => one.Cases).Select(one => (string[])
                [
                    one.One.Title, Paint.Number(one.Cases, "0"), HoursOf(one.Hours, one.One.StatedHours),
                    Paint.Number(one.Score!.Value.Mean * 100), Paint.Number(one.Score.Value.Sd * 100),
                ])]));
    }

    private static string HoursOf(double? measured, double? stated) => measured is not null ? $"{Paint.Number(measured, "0.00##")} h"
        : stated is not null ? $"{Paint.Number(stated, "0.##")} h stated" : "hours unknown";

    private static IEnumerable<Figure> Annotation(TransferReport report, OutlineTask task, OutlineName backbone)
    {
        var lines = report.Study.Pretrainings.Select(one => (One: one, Cells: report.Cells
                .Where(cell => (cell.Task, cell.Backbone, cell.Pretraining) == (task.Name, backbone.Name, one.Name))
                .Where(cell => cell.Dsc.Mean is not null)
                .OrderBy(cell => cell.Cases).ToArray()))
            .Where(one => one.Cells.Length > 0).ToArray();
        if (lines.All(line => line.Cells.Length < 2))
        {
            yield break;
        }

        yield return LinePlot.Draw(
            new LineHead(
                AnnotationName(task.Name, backbone.Name), $"Annotation efficiency: {task.Title}, {backbone.Title}",
                "DSC on the test cases, mean and standard deviation over trials, against the annotated cases learnt from. Failed trials "
                    + "count as 0.",
                "annotated cases", IsLog: true, "DSC"),
            [.. lines.Select(line => new PlotLine(line.One.Title, [.. line.Cells.Select(cell => new LinePoint(
                cell.Cases, cell.Dsc.Mean!.Value, cell.Dsc.Sd,
                $"{line.One.Title}\n{Counted.Of(cell.Cases, "case")}\n{Paint.Number(cell.Dsc.Mean * 100)} ± {Paint.Number(cell.Dsc.Sd * 100)} %"))]))],
            new FigureTable(
                [("Pre-training", false), ("Annotated cases", true), ("DSC %", true), ("s.d.", true), ("Trials", false)],
                [.. lines.SelectMany(line => line.Cells, (line, cell) => (string[])
                [
                    line.One.Title, Paint.Number(cell.Cases, "0"), Paint.Number(cell.Dsc.Mean * 100), Paint.Number(cell.Dsc.Sd * 100),
                    TransferWords.Coverage(cell.Coverage),
                ])]));
    }

    private static IEnumerable<Figure> FewShot(TransferReport report, OutlineTask task, OutlineName backbone)
    {
        int[] numbers = [.. task.Cases.Intersect(report.Study.FewShot).Order()];
        BarSeries[] series =
        [
            .. from one in report.Study.Pretrainings
               let values = numbers.Select(number => report.Cell(backbone.Name, one.Name, task.Name, number)?.Dsc)
                   .Select(dsc => dsc?.Mean is { } mean ? (mean, dsc.Sd) : ((double, double?)?)null).ToArray()
               where values.Any(value => value is not null)
               select new BarSeries(one.Title, values),
        ];
        if (series.Length > 0)
        {
            yield return ClusterBars.Draw(
                (FewShotName(task.Name, backbone.Name), $"Few-shot: {task.Title}, {backbone.Title}",
                "DSC on the test cases after learning from few annotated cases, mean over trials. The table has the standard "
                    + "deviations. Failed trials count as 0."),
                "DSC", [.. numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"N = {number}"))], series);
        }
    }
}
