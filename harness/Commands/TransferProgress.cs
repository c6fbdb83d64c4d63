using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary>Shows a study at work: a bar and the present job on a terminal, a line per job in a file or pipe.</summary>
internal static class TransferProgress
{
    /// <param name="console">Where to show it.</param>
    /// <param name="jobs">All jobs of the study.</param>
    /// <param name="run">The run, which reports what happens.</param>
    public static Task<StudySummary> ShowAsync(
        IAnsiConsole console, int jobs, Func<Action<StudyEvent>, Task<StudySummary>> run) =>
        console.Profile.Capabilities.Interactive
            ? ShowBarAsync(console, jobs, run)
            : run(happened => ShowLine(console, happened));

    private static Task<StudySummary> ShowBarAsync(
        IAnsiConsole console, int jobs, Func<Action<StudyEvent>, Task<StudySummary>> run) => console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("Jobs", maxValue: jobs);
                return run(happened =>
                {
                    switch (happened)
                    {
                        case StudyEvent.Began began:
                            bar.Increment(began.AlreadyDone);
                            break;
                        case StudyEvent.Started started:
                            bar.Description = Markup.Escape(started.Job.Key.Name);
                            break;
                        case StudyEvent.Finished { Result.Ending: var ending }:
                            bar.Increment(1);
                            if (ending != Leaderboard.Results.Ending.Completed)
                            {
                                ShowLine(console, happened);
                            }

                            break;
                        default:
                            ShowLine(console, happened);
                            break;
                    }
                });
            });

    /// <summary>How far every job is.</summary>
    /// <param name="state">The study.</param>
    public static Table TableOf(StudyState state)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Job", "State")
            .AddColumn(new TableColumn("Seconds").RightAligned()).AddColumn("How it ended");
        foreach (var one in state.Jobs)
        {
            table.AddRow(
                Markup.Escape(one.Job), one.State, one.Seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
                Markup.Escape(one.Detail ?? ""));
        }

        return table;
    }

    private static void ShowLine(IAnsiConsole console, StudyEvent happened)
    {
        var line = happened switch
        {
            StudyEvent.Began began => $"{Counted.Of(began.Planned, "job")}, {began.AlreadyDone} done already.",
            StudyEvent.Waiting waiting => waiting.Reason,
            StudyEvent.Finished { Job: var job, Result: var result } => string.Create(
                CultureInfo.InvariantCulture,
                $"{job.Key.Name}: {(result.Ending == Leaderboard.Results.Ending.Completed ? "completed" : result.EndingDetail)}")
                + (result.Run is { } run ? string.Create(CultureInfo.InvariantCulture, $" ({run.Timing.RunSeconds:0.0} s)") : " (imported)"),
            StudyEvent.Retried retried => $"{retried.Job.Key.Name}: {retried.Reason} Trying again in {retried.Delay.TotalSeconds:0} s.",
            StudyEvent.Abandoned abandoned => $"{abandoned.Job.Key.Name}: left without a result. {abandoned.Reason}",
            StudyEvent.Blocked blocked => $"{blocked.Job.Key.Name}: not run, because {blocked.Job.StartsFrom} failed; it counts as failed.",
            _ => null,
        };
        if (line is not null)
        {
            console.PrintLine(line);
        }
    }
}
