namespace Touchstone.Leaderboard.Transfer;

/// <summary>The numbers of a report as CSV: fractions, exact, an empty field for undefined.</summary>
internal static class TransferCsv
{
    private static readonly string[] Tests =
        ["difference_to_scratch", "t_pooled", "df_pooled", "p_pooled", "t_welch", "df_welch", "p_welch"];

    /// <summary>A row per cell and metric.</summary>
    public static void Cells(TextWriter text, TransferReport report)
    {
        var csv = new Csv(text, [
            "backbone", "pretraining", "task", "annotated_cases", "metric", "mean", "sd", "n", "mean_of_completed", .. Tests, "expected_trials",
            "finished_trials", "failed_trials", "failed_test_cases", "mean_hours", "reported_mean", "reported_sd", "reported_n",
            "difference_to_reported", "reported_source",
        ]);
        foreach (var cell in report.Cells)
        {
            foreach (var (name, score) in new[] { ("dsc", cell.Dsc), ("nsd", cell.Nsd) })
            {
                csv.Add(cell.Backbone).Add(cell.Pretraining).Add(cell.Task).Add(cell.Cases).Add(name);
                Add(csv, score).Add(cell.Coverage.Expected).Add(cell.Coverage.Finished).Add(cell.Coverage.Failed)
                    .Add(cell.Coverage.FailedCases).Add(cell.MeanHours);
                Add(csv, cell.Reported.FirstOrDefault(one => one.Printed.Metric == name)).EndRow();
            }
        }
    }

    /// <summary>A row per cell, structure and metric.</summary>
    public static void Structures(TextWriter text, TransferReport report)
    {
        var csv = new Csv(text, [
            "backbone", "pretraining", "task", "annotated_cases", "structure", "metric", "mean", "sd", "n", "mean_of_completed", .. Tests,
            "reported_mean", "reported_sd", "reported_n", "difference_to_reported", "reported_source",
        ]);
        foreach (var (cell, structure) in report.Cells.SelectMany(cell => cell.Structures, (cell, structure) => (cell, structure)))
        {
            foreach (var (name, score) in new[] { ("dsc", structure.Dsc), ("nsd", structure.Nsd) })
            {
                csv.Add(cell.Backbone).Add(cell.Pretraining).Add(cell.Task).Add(cell.Cases).Add(structure.Structure).Add(name);
                Add(Add(csv, score), structure.Reported.FirstOrDefault(one => one.Printed.Metric == name)).EndRow();
            }
        }
    }

    /// <summary>A row per trial.</summary>
    public static void Trials(TextWriter text, TransferReport report)
    {
        var csv = new Csv(
            text, "job", "backbone", "pretraining", "task", "annotated_cases", "trial", "state", "ending", "failed_test_cases", "dsc", "nsd", "hours",
            "seed", "image", "initial_model", "model");
        foreach (var one in report.Trials)
        {
            csv.Add(one.Trial.Job).Add(one.Trial.Backbone).Add(one.Trial.Pretraining).Add(one.Trial.Task).Add(one.Trial.Cases)
                .Add(one.Trial.Trial).Add(one.State.ToString().ToLowerInvariant()).Add(one.Detail).Add(one.FailedCases).Add(one.Dsc).Add(one.Nsd)
                .Add(one.Result?.Run?.Timing.RunSeconds / 3600).Add(one.Result?.Run?.Seed).Add(one.Result?.Run?.Image)
                .Add(one.Result?.Initial?.Sha256).Add(one.Result?.Model?.Sha256).EndRow();
        }
    }

    /// <summary>A row per trial, test case and structure. Hidden cases go by their pseudonyms.</summary>
    public static void Scores(TextWriter text, TransferReport report)
    {
        var csv = new Csv(text, "job", "dataset", "case", "ending", "structure", "dsc", "nsd");
        foreach (var (job, tested) in report.Trials.Where(one => one.Result is not null)
            .SelectMany(one => one.Result!.Test, (one, tested) => (one.Trial.Job, tested)))
        {
            foreach (var score in tested.Scores)
            {
                csv.Add(job).Add(tested.Case.Dataset).Add(tested.Case.Name).Add(tested.Ending.ToString()).Add(score.Structure)
                    .Add(score.Dsc).Add(score.Nsd).EndRow();
            }
        }
    }

    /// <summary>A row per kept row of a training log.</summary>
    public static void Logs(TextWriter text, TransferReport report)
    {
        var csv = new Csv(text, "job", "step", "seconds", "loss", "learning_rate", "validation_dsc");
        foreach (var (job, point) in report.Trials.SelectMany(one => one.Result?.Log ?? [], (one, point) => (one.Trial.Job, point)))
        {
            csv.Add(job).Add(point.Step).Add(point.Seconds).Add(point.Loss).Add(point.LearningRate).Add(point.ValidationDsc).EndRow();
        }
    }

    private static Csv Add(Csv csv, MetricSummary score)
    {
        var tests = score.AgainstScratch;
        return csv.Add(score.Mean).Add(score.Sd).Add(score.N).Add(score.MeanOfCompleted).Add(tests?.Difference)
            .Add(tests?.Pooled.T).Add(tests?.Pooled.DegreesOfFreedom).Add(tests?.Pooled.P)
            .Add(tests?.Welch.T).Add(tests?.Welch.DegreesOfFreedom).Add(tests?.Welch.P);
    }

    private static Csv Add(Csv csv, ReportedDifference? printed) => csv.Add(printed?.Printed.Mean).Add(printed?.Printed.Sd)
        .Add(printed?.Printed.N).Add(printed?.Difference).Add(printed?.Printed.Source);
}
