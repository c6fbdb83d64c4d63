using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Commands;

/// <summary>Shows a run: a bar per submission on a terminal, a line per case in a file or pipe.</summary>
internal static class RunProgress
{
    public static Task<RunSummary> ShowAsync(
        IAnsiConsole console, IReadOnlyList<PlannedCase> plan, Func<Action<RunEvent>, Task<RunSummary>> run) =>
        console.Profile.Capabilities.Interactive
            ? ShowBarsAsync(console, plan, run)
            : run(happened => ShowLine(console, happened));

    private static Task<RunSummary> ShowBarsAsync(
        IAnsiConsole console, IReadOnlyList<PlannedCase> plan, Func<Action<RunEvent>, Task<RunSummary>> run) =>
        console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(context =>
            {
                var bars = plan.GroupBy(planned => planned.Submission.Id).ToDictionary(
                    group => group.Key,
                    group => context.AddTask(Title(group.First()), autoStart: false, maxValue: group.Count()));
                return run(happened =>
                {
                    switch (happened)
                    {
                        case RunEvent.Began began:
                            SkipDone(bars, plan, began);
                            break;
                        case RunEvent.CaseStarted started:
                            bars[started.Planned.Submission.Id].StartTask();
                            break;
                        case RunEvent.CaseFinished finished:
                            bars[finished.Planned.Submission.Id].Increment(1);
                            break;
                        case RunEvent.CaseAbandoned or RunEvent.CaseRetried:
                            ShowLine(console, happened);
                            break;
                        default:
                            break;
                    }
                });
            });

    private static void SkipDone(Dictionary<string, ProgressTask> bars, IReadOnlyList<PlannedCase> plan, RunEvent.Began began)
    {
        if (began.AlreadyDone == plan.Count)
        {
            foreach (var bar in bars.Values)
            {
                bar.Value = bar.MaxValue;
            }
        }
    }

    private static void ShowLine(IAnsiConsole console, RunEvent happened)
    {
        var line = happened switch
        {
            RunEvent.Began began => $"{began.Planned} cases, {began.AlreadyDone} of them done already.",
            RunEvent.CaseFinished finished => $"{Name(finished.Planned)}: {Ending(finished.Result)}",
            RunEvent.CaseRetried retried =>
                $"{Name(retried.Planned)}: {retried.Reason} Trying again in {retried.Delay.TotalSeconds:0} s.",
            RunEvent.CaseAbandoned abandoned => $"{Name(abandoned.Planned)}: left without a result. {abandoned.Reason}",
            _ => null,
        };
        if (line is not null)
        {
            console.PrintLine(line);
        }
    }

    private static string Ending(CaseResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{(result.Ending == Leaderboard.Results.Ending.Completed ? "completed" : result.EndingDetail)} ({result.Timing.RunSeconds:0.00} s)");

    private static string Name(PlannedCase planned) =>
        $"{planned.Submission.Team} / {planned.Submission.Name} · {planned.Case.Dataset} · {planned.Case.Id}";

    private static string Title(PlannedCase planned) =>
        Markup.Escape($"{planned.Submission.Team} / {planned.Submission.Name}");
}
