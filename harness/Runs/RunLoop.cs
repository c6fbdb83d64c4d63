using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

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
        if (left.Length == 0)
        {
            return new RunSummary(0, done, 0);
        }

        using var gpu = GpuDevice.Open(settings.GpuDevice, settings.NvmlLibrary);
        await using var sandbox = await CaseSandbox.PrepareAsync(engine, workspace.Id, settings.Clock, gpu, token);
        var runner = new CaseRunner(sandbox, engine.Version, workspace, settings, gpu);
        var finished = 0;
        var failuresInARow = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (i, planned) in left.Index())
        {
            var id = planned.Submission.Id;
            if (failuresInARow.GetValueOrDefault(id) >= GiveUpAfter)
            {
                report(new RunEvent.CaseAbandoned(
                    planned, $"Not tried, because {GiveUpAfter} cases of this entry in a row could not be run."));
                continue;
            }

            var came = await TryRunAsync(
                (again, stop) => runner.RunAsync(again, i + 1 < left.Length ? left[i + 1] : null, left.Length - i, stop), planned, report, token);
            finished += came == Came.Result ? 1 : 0;
            failuresInARow[id] = came == Came.EngineFailure ? failuresInARow.GetValueOrDefault(id) + 1 : 0;
        }

        return new RunSummary(finished, done, left.Length - finished);
    }

    /// <summary>Whether a case has its result, so that a run skips it.</summary>
    /// <param name="planned">The case.</param>
    public bool IsDone(PlannedCase planned) =>
        File.Exists(workspace.ResultPath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id));

    private async Task<Came> TryRunAsync(
        Func<PlannedCase, CancellationToken, Task<CaseResult>> runAsync,
        PlannedCase planned,
        Action<RunEvent> report,
        CancellationToken token)
    {
        for (var attempt = 0; ; attempt++)
        {
            report(new RunEvent.CaseStarted(planned));
            try
            {
                var result = ResultFile.Write(workspace, await runAsync(planned, token));
                report(new RunEvent.CaseFinished(planned, result));
                return Came.Result;
            }
            catch (EngineException fault) when (fault.IsTransient && attempt < settings.RetryDelays.Count)
            {
                var delay = settings.RetryDelays[attempt];
                report(new RunEvent.CaseRetried(planned, fault.Message, delay));
                await Task.Delay(delay, settings.Clock, token);
            }
            catch (EngineException fault)
            {
                report(new RunEvent.CaseAbandoned(planned, fault.Message));
                await engine.PingAsync(token); // Without an engine all other cases would fail alike, each after its waiting.
                return Came.EngineFailure;
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
