using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Harness.Runs;

/// <summary>How a run goes about its work.</summary>
public sealed record RunSettings
{
    /// <summary>Hash of the manifest that named the cases, for the results.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>
    /// Waiting time before each further attempt after the engine failed on a case. Default 1, 5 and 15 seconds.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    /// <summary>The clock for limits and waiting. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// Runs what has not run: one container after another, because they are timed. Every case that has a result file is
/// done;
/// so the same plan can be given again after any interruption.
/// </summary>
public sealed class RunLoop(Workspace workspace, DockerEngine engine, RunSettings settings)
{
    // What keeps one entry from running (its image is gone, a GPU is missing) must not cost hours of waiting on each case.
    private const int GiveUpAfter = 3;

    /// <summary>Works through a plan. One case's failure never costs another.</summary>
    /// <param name="plan">What to do, in this order.</param>
    /// <param name="report">Told of everything as it happens, on the thread that works.</param>
    /// <param name="token">Stops and removes the present container; its case is left without a result.</param>
    /// <exception cref="WorkspaceBusyException">Another process runs in the workspace.</exception>
    /// <exception cref="EngineException">The engine does not answer, even after waiting. Results so far are kept.</exception>
    public async Task<RunSummary> RunAsync(
        IReadOnlyList<PlannedCase> plan, Action<RunEvent> report, CancellationToken token = default)
    {
        Directory.CreateDirectory(workspace.Root);
        using var hold = workspace.Lock();
        var left = plan.Where(planned => !IsDone(planned)).ToArray();
        var done = plan.Count - left.Length;
        report(new RunEvent.Began(plan.Count, done));
        Leftovers.Remove(workspace);
        var sandbox = await CaseSandbox.PrepareAsync(engine, workspace.Id, settings.Clock, token);
        var runner = new CaseRunner(sandbox, engine.Version, workspace, settings.ManifestSha256, settings.Clock);
        var watch = new AllowanceWatch(workspace, plan);
        var (finished, withheld) = (0, 0);
        var failuresInARow = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var planned in left)
        {
            var id = planned.Submission.Id;
            if (failuresInARow.GetValueOrDefault(id) >= GiveUpAfter)
            {
                report(new RunEvent.CaseAbandoned(
                    planned, $"Not tried, because {GiveUpAfter} cases of this entry in a row could not be run."));
                continue;
            }

            if (watch.Verdict(planned.Submission) is { } verdict)
            {
                report(new RunEvent.CaseWithheld(planned, verdict));
                withheld++;
                continue;
            }

            var came = await TryRunAsync(runner, planned, Note, token);
            finished += came == Came.Result ? 1 : 0;
            failuresInARow[id] = came == Came.EngineFailure ? failuresInARow.GetValueOrDefault(id) + 1 : 0;
        }

        return new RunSummary(finished, done, left.Length - finished - withheld) { Withheld = withheld };

        void Note(RunEvent happened)
        {
            if (happened is RunEvent.CaseFinished { Planned: var planned, Result: var result })
            {
                watch.Note(planned, result);
            }

            report(happened);
        }
    }

    /// <summary>Whether a case has its result, so that a run skips it.</summary>
    /// <param name="planned">The case.</param>
    public bool IsDone(PlannedCase planned) => HasResult(workspace, planned);

    /// <summary>Whether a case has its result in a workspace.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="planned">The case.</param>
    internal static bool HasResult(Workspace workspace, PlannedCase planned) =>
        File.Exists(workspace.ResultPath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id));

    private async Task<Came> TryRunAsync(
        CaseRunner runner, PlannedCase planned, Action<RunEvent> report, CancellationToken token)
    {
        for (var attempt = 0; ; attempt++)
        {
            report(new RunEvent.CaseStarted(planned));
            try
            {
                var result = await runner.RunAsync(planned, token);
                await GpuProbe.CheckAsync(engine, workspace.Id, planned, result, token);
                result = ResultFile.Write(workspace, result);
                report(new RunEvent.CaseFinished(planned, result));
                return Came.Result;
            }
            catch (Exception fault) when (Infrastructure.MayPass(fault) && attempt < settings.RetryDelays.Count)
            {
                var delay = settings.RetryDelays[attempt];
                report(new RunEvent.CaseRetried(planned, Infrastructure.Describe(fault), delay));
                await Task.Delay(delay, settings.Clock, token);
            }
            catch (EngineException fault)
            {
                report(new RunEvent.CaseAbandoned(planned, fault.Message));
                await engine.PingAsync(token); // Without an engine all other cases would fail alike, each after its waiting.
                return Came.EngineFailure;
            }
            catch (IOException fault) when (Infrastructure.IsDiskFull(fault))
            {
                report(new RunEvent.CaseAbandoned(planned, Infrastructure.Describe(fault)));
                throw; // Without room for results all other cases would fail alike.
            }
            catch (DatasetFaultException fault)
            {
                report(new RunEvent.CaseAbandoned(planned, fault.Message));
                return Came.DatasetFault;
            }
        }
    }

    private enum Came
    {
        Result,
        EngineFailure,
        DatasetFault,
    }
}
