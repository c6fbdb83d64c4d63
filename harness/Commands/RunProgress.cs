using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Commands;

/// <summary>Shows a run: a bar per submission on a terminal, a line per case in a file or pipe.</summary>
internal static class RunProgress
{
    /// <param name="console">Where to show it.</param>
    /// <param name="left">The cases that have still to run.</param>
    /// <param name="run">The run, which reports what happens.</param>
    public static Task<RunSummary> ShowAsync(
        IAnsiConsole console, IReadOnlyList<PlannedCase> left, Func<Action<RunEvent>, Task<RunSummary>> run) =>
        console.Profile.Capabilities.Interactive
            ? ShowBarsAsync(console, left, run)
            : run(happened => ShowLine(console, happened));

    private static Task<RunSummary> ShowBarsAsync(
        IAnsiConsole console, IReadOnlyList<PlannedCase> left, Func<Action<RunEvent>, Task<RunSummary>> run) =>
        console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(context =>
            {
                var bars = left.GroupBy(planned => planned.Submission.Id).ToDictionary(
                    group => group.Key,
                    group => context.AddTask(Title(group.First(), failed: 0), autoStart: false, maxValue: group.Count()));
                var failed = bars.ToDictionary(bar => bar.Key, _ => 0);
                return run(happened =>
                {
                    switch (happened)
                    {
                        case RunEvent.CaseStarted started:
                            bars[started.Planned.Submission.Id].StartTask();
                            break;
                        case RunEvent.CaseFinished { Planned: var planned, Result: var result }:
                            var id = planned.Submission.Id;
                            failed[id] += result.Ending == Leaderboard.Results.Ending.Completed ? 0 : 1;
                            bars[id].Description = Title(planned, failed[id]);
                            bars[id].Increment(1);
                            break;
                        case RunEvent.Waiting or RunEvent.CaseAbandoned or RunEvent.CaseRetried or RunEvent.CaseWithheld:
                            ShowLine(console, happened);
                            break;
                        default:
                            break;
                    }
                });
            });

    /// <summary>Shows one event as a line; those that need none show nothing.</summary>
    /// <param name="console">Where.</param>
    /// <param name="happened">The event.</param>
    public static void ShowLine(IAnsiConsole console, RunEvent happened)
    {
        var line = happened switch
        {
            RunEvent.Began began => $"{Counted.Of(began.Planned, "case")}, {began.AlreadyDone} done already.",
            RunEvent.Waiting waiting => waiting.Reason,
            RunEvent.CaseRepeated repeated => string.Create(
                CultureInfo.InvariantCulture, $"{Name(repeated.Planned)}: again ({repeated.Repeat.Timing.RunSeconds:0.00} s)"),
            RunEvent.CaseFinished finished => $"{Name(finished.Planned)}: {Ending(finished.Result)}",
            RunEvent.CaseRetried retried =>
                $"{Name(retried.Planned)}: {retried.Reason} Trying again in {retried.Delay.TotalSeconds:0} s.",
            RunEvent.CaseAbandoned abandoned => $"{Name(abandoned.Planned)}: left without a result. {abandoned.Reason}",
            RunEvent.CaseWithheld withheld => $"{Name(withheld.Planned)}: {withheld.Reason}",
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

    private static string Title(PlannedCase planned, int failed) =>
        Markup.Escape($"{planned.Submission.Team} / {planned.Submission.Name}")
        + (failed > 0 ? $" [red]{failed} failed[/]" : "");
}
