using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>
/// How fast fine-tuning converges: validation DSC against hours, a line per trial. The times are those of the training
/// log, which were held to the engine's clock when the result was made.
/// </summary>
internal static class ConvergenceFigure
{
    private const int MostPoints = 200;

    private sealed record Curve(IReadOnlyList<LogPoint> Points)
    {
        public double Best => Points.Max(point => point.ValidationDsc!.Value);

        public double? HoursTo(double level) =>
            Points.FirstOrDefault(point => point.ValidationDsc >= level)?.Seconds / 3600;
    }

    /// <summary>The figure of a task and a network with the most annotated cases; nothing without logs.</summary>
    public static IEnumerable<Figure> Of(TransferReport report, OutlineTask task, OutlineName backbone)
    {
        var methods = report.Study.Pretrainings.Select(one => (One: one, Curves: Curves(report, task, backbone.Name, one.Name)))
            .Where(one => one.Curves.Length > 0).ToArray();
        if (methods.Length == 0)
        {
            yield break;
        }

        var level = Describe.Mean([.. methods.FirstOrDefault(one => one.One.IsScratch).Curves?.Select(curve => curve.Best) ?? []]);
        var longest = methods.SelectMany(one => one.Curves).Max(curve => curve.Points[^1].Seconds);
        var unit = longest < 600 ? (Name: "minutes", Seconds: 60.0)
            : (Name: TransferFigures.Hours(report), Seconds: 3600.0);
        yield return LinePlot.Draw(
            new LineHead(
                TransferFigures.ConvergenceName(task.Name, backbone.Name), $"Convergence: {task.Title}, {backbone.Title}",
                $"DSC on the validation cases while fine-tuning with the most annotated cases, a line per trial, against {unit.Name} "
                    + "since the container began, as its log has them and no later than the engine saw it run. The table says how long it took to the best DSC of "
                    + "learning from scratch (the mean of its trials' best).",
                $"{unit.Name} of fine-tuning", IsLog: false, "validation DSC"),
            [.. methods.SelectMany(one => one.Curves, (one, curve) => new PlotLine(
                one.One.Title,
                [.. Thin(curve.Points).Select(point => new LinePoint(
                    point.Seconds / unit.Seconds, point.ValidationDsc!.Value, null,
                    $"{one.One.Title}\nstep {point.Step}\n{Paint.Number(point.ValidationDsc * 100)} %"))],
                HasMarks: false))],
            new FigureTable(
                [
                    ("Pre-training", false), ("Trials with a log", true), ("Best DSC %", true), ($"Hours to the best", true),
                    ("Hours to scratch's best", true), ("Trials that reach it", true),
                ],
                [.. methods.Select(one => Row(one.One.Title, one.Curves, level))]));
    }

    private static string[] Row(string title, Curve[] curves, double? level)
    {
        double[] reach = level is { } wanted ? [.. curves.Select(curve => curve.HoursTo(wanted)).OfType<double>()] : [];
        return
        [
            title,
            Paint.Number(curves.Length, "0"),
            Paint.Number(curves.Average(curve => curve.Best) * 100),
            Paint.Number(curves.Average(curve => curve.HoursTo(curve.Best)), "0.000"),
            Paint.Number(Describe.Mean(reach), "0.000"),
            level is null ? "–" : $"{Paint.Number(reach.Length, "0")} of {Paint.Number(curves.Length, "0")}",
        ];
    }

    private static Curve[] Curves(TransferReport report, OutlineTask task, string backbone, string pretraining)
    {
        var largest = report.Largest(backbone, pretraining, task.Name)?.Cases;
        return
        [
            .. report.Trials.Where(one => (one.Trial.Task, one.Trial.Backbone, one.Trial.Pretraining, (int?)one.Trial.Cases)
                    == (task.Name, backbone, pretraining, largest))
                .Select(one => new Curve([.. (one.Result?.Log ?? []).Where(point => point.ValidationDsc is not null)]))
                .Where(curve => curve.Points.Count > 1),
        ];
    }

    private static IEnumerable<LogPoint> Thin(IReadOnlyList<LogPoint> points) => points.Count <= MostPoints
        ? points
        : Enumerable.Range(0, MostPoints).Select(i => points[i * (points.Count - 1) / (MostPoints - 1)]);
}
