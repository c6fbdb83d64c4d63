using Touchstone.Leaderboard.Site;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>The tables of a report's page.</summary>
internal static class TransferTables
{
    /// <summary>Networks in groups, pre-trainings in rows, tasks in columns: the form of Table 3 of the SuPreM paper.</summary>
    public static Html Main(TransferReport report, Metric metric) => Html.Join(report.Study.Backbones.Select(
        backbone => Html.Of($"<h3>{backbone.Title}</h3>\n{Main(report, metric, backbone)}")));

    private static Html Main(TransferReport report, Metric metric, OutlineName backbone) => DataTable.Make(
        $"{Show.Metric(metric)} in percent with {backbone.Title}: mean ± s.d. over {Show.Count(report.Study.Trials, "trial")} unless a cell "
            + "says otherwise, most annotated cases of each task",
        [
            new("Pre-training", IsNumber: false), new("Cases of pre-training"),
            .. report.Study.Tasks.Select(task => new Column($"{task.Title}, N = {Show.Signed(task.Cases[^1], "0")}")),
        ],
        header: 0,
        report.Study.Pretrainings
            .Where(one => report.Cells.Any(cell => (cell.Backbone, cell.Pretraining) == (backbone.Name, one.Name)))
            .Select(one => new Row(
            [
                Html.Of($"{one.Title}{(one.IsImported ? Html.Of($" <span class=\"tag\">imported</span>") : Html.Empty)}"),
                Html.Text(PretrainingCases(report, backbone.Name, one)),
                .. report.Study.Tasks.Select(task => Cell(report, report.Largest(backbone.Name, one.Name, task.Name), metric)),
            ], one.IsScratch ? "baseline" : "")));

    private static string PretrainingCases(TransferReport report, string backbone, OutlinePretraining one)
    {
        var run = report.Pretrainings.FirstOrDefault(run => (run.Backbone, run.Pretraining) == (backbone, one.Name));
        return one.IsScratch ? "none" : Show.Signed(one.Cases ?? run?.Cases, "0");
    }

    private static Html Cell(TransferReport report, CellSummary? cell, Metric metric)
    {
        if (cell is null)
        {
            return Html.Text(Show.Undefined);
        }

        var score = cell.Of(metric);
        var printed = metric == Metric.Dsc ? cell.Reported : [];
        var isOdd = cell.Coverage != new TrialCoverage(report.Study.Trials, report.Study.Trials, 0, 0);
        var coverage = isOdd ? Detail(TransferWords.Coverage(cell.Coverage)) : Html.Empty;
        var number = cell.Cases != report.Study.Tasks.First(task => task.Name == cell.Task).Cases[^1]
            ? Detail($"N = {Show.Signed(cell.Cases, "0")}") : Html.Empty;
        var reported = printed.Select(one => Printed(one.Printed, one.Difference));
        return Html.Of($"{Marked(TransferWords.Score(score), score.AgainstScratch)}{number}{coverage}{reported}");
    }

    /// <summary>A score with the light mark where it is significantly better.</summary>
    private static Html Marked(string text, TwoTests? tests) => tests is { IsMarked: true }
        ? Html.Of($"<span class=\"marked\"><b>{text}</b> <abbr title=\"better, P &lt; 0.05\">*</abbr></span>")
        : Html.Of($"<b>{text}</b>");

    private static Html Printed(ReportedBeside printed, double? difference) => Detail(
        $"reported {TransferWords.Score(printed.Mean, printed.Sd)}, difference {TransferWords.Difference(difference)}");

    private static Html Detail(string text) => Html.Of($" <span class=\"detail beside\">{text}</span>");

    /// <summary>Every cell against learning from scratch.</summary>
    public static Html Tests(TransferReport report, Metric metric) => DataTable.Make(
        $"{Show.Metric(metric)} against learning from scratch with as many annotated cases: difference in points of percent, independent "
            + "two-sample t-tests over trials",
        [
            new("Pre-training", IsNumber: false), new("Network", IsNumber: false), new("Task", IsNumber: false), new("N"), new("Score %"),
            new("Difference"), new("t, pooled"), new("P, pooled"), new("P, Welch"), new("Trials", IsNumber: false),
        ],
        header: 0,
        report.Cells.Select(cell => (Cell: cell, Score: cell.Of(metric)))
            .Where(one => one.Score.AgainstScratch is not null)
            .Select(one => new Row(
            [
                Html.Text(TransferWords.Pretraining(report.Study, one.Cell.Pretraining)),
                Html.Text(TransferWords.Backbone(report.Study, one.Cell.Backbone)),
                Html.Text(TransferWords.Task(report.Study, one.Cell.Task)),
                Html.Of($"{one.Cell.Cases}"),
                Html.Of($"<span class=\"line\">{TransferWords.Score(one.Score)}</span>"),
                Marked(TransferWords.Difference(one.Score.AgainstScratch!.Difference), one.Score.AgainstScratch),
                Html.Text(Show.Signed(one.Score.AgainstScratch.Pooled.T, "0.00")),
                Html.Text(TransferWords.P(one.Score.AgainstScratch.Pooled)),
                Html.Text(TransferWords.P(one.Score.AgainstScratch.Welch)),
                Html.Text(TransferWords.Coverage(one.Cell.Coverage)),
            ])));

    /// <summary>Two pre-trainings, structure by structure: the form of Table 4.</summary>
    public static Html Comparison(TransferReport report, ComparisonTable table)
    {
        var (first, second) = (
            TransferWords.Pretraining(report.Study, table.Which.First), TransferWords.Pretraining(report.Study, table.Which.Second));
        return DataTable.Make(
            $"DSC in percent on {TransferWords.Task(report.Study, table.Which.Task)} with "
                + $"{TransferWords.Backbone(report.Study, table.Which.Backbone)} and {table.Cases} annotated cases: mean ± s.d. over trials ({first}: {TransferWords.Coverage(table.First)}; {second}: "
                + $"{TransferWords.Coverage(table.Second)})",
            [new("Structure", IsNumber: false), new(first), new(second), new("Δ"), new("P, pooled"), new("P, Welch")],
            header: 0,
            table.Rows.Select(row => new Row(
            [
                Html.Text(row.Structure is null ? "Average" : Show.Structure(row.Structure)),
                Beside(row.First, row.ReportedFirst),
                Beside(row.Second, row.ReportedSecond),
                Html.Of($"{Marked(TransferWords.Difference(row.Second.Mean - row.First.Mean), row.Tests)}{Printed(row)}"),
                Html.Text(TransferWords.P(row.Tests?.Pooled)),
                Html.Text(TransferWords.P(row.Tests?.Welch)),
            ], row.Structure is null ? "total" : "")));
    }

    private static Html Printed(ComparisonRow row) => row is { ReportedFirst: { } first, ReportedSecond: { } second }
        ? Detail($"reported {TransferWords.Difference(second.Mean - first.Mean)}") : Html.Empty;

    private static Html Beside(MetricSummary score, ReportedBeside? printed) => Html.Of(
        $"{TransferWords.Score(score)}{(printed is null ? Html.Empty : Printed(printed, score.Mean - printed.Mean))}");

    /// <summary>What was trained first, and how long that took.</summary>
    public static Html Pretrainings(TransferReport report) => DataTable.Make(
        $"Pre-trainings that ran here, with {TransferFigures.Hours(report)} by the engine's clock",
        [new("Pre-training", IsNumber: false), new("Network", IsNumber: false), new("Cases"), new("Hours"), new("State", IsNumber: false)],
        header: 0,
        report.Pretrainings.Select(run => new Row(
        [
            Html.Text(TransferWords.Pretraining(report.Study, run.Pretraining)), Html.Text(TransferWords.Backbone(report.Study, run.Backbone)),
            Html.Text(Show.Signed(run.Cases, "0")), Html.Text(Show.Signed(run.Hours, "0.000")),
            Html.Text(run.State == TrialState.Waiting ? "waiting" : run.State == TrialState.Completed ? "completed" : $"failed: {run.Detail}"),
        ])));

    /// <summary>Every trial that failed, and every one that has test cases that did.</summary>
    public static Html Failures(TransferReport report) => DataTable.Make(
        "Trials that count, in whole or in part, with the worst value",
        [new("Job", IsNumber: false), new("Failed", IsNumber: false), new("How it ended", IsNumber: false), new("DSC %")],
        header: 0,
        report.Trials.Where(one => one.State == TrialState.Failed || one.FailedCases > 0).Select(one => new Row(
        [
            Html.Text(one.Trial.Job),
            Html.Text(one.State == TrialState.Failed ? "whole trial" : Show.Count(one.FailedCases, "test case")),
            Html.Text(one.Detail), Html.Text(Show.Percent(one.Dsc)),
        ])));
}
