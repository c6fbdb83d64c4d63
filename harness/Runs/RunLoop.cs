using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Runs what has not run: one container after another, because they are timed. Every case that has a result file is
/// done; so the same plan can be given again after any interruption.
/// </summary>
public sealed class RunLoop(Workspace workspace, DockerEngine engine, RunSettings settings)
{
    // What keeps one entry from running (its image is gone, a GPU is missing) must not cost hours of waiting on each case.
    private const int GiveUpAfter = 3;

    /// <summary>Works through a plan. One case's failure never costs another.</summary>
    /// <param name="plan">What to do, in this order.</param>
    /// <param name="report">Told of everything as it happens, on the thread that works.</param>
    /// <param name="token">Stops and removes the present container; its case is left without a result.</param>
    /// <exception cref="InvalidDataException">Two cases have one name here.</exception>
    /// <exception cref="WorkspaceBusyException">Another process runs in the workspace.</exception>
    /// <exception cref="EngineException">The engine does not answer, even after waiting. Results so far are kept.</exception>
    public async Task<RunSummary> RunAsync(
        IReadOnlyList<PlannedCase> plan, Action<RunEvent> report, CancellationToken token = default)
    {
        CaseNames.RequireDistinct(plan.Select(planned => planned.Case), workspace.Pseudonym);
        Directory.CreateDirectory(workspace.Root);
        using var hold = workspace.Lock();
        var left = plan.Where(planned => !IsDone(planned)).ToArray();
        var done = plan.Count - left.Length;
        report(new RunEvent.Began(plan.Count, done));
        Leftovers.Remove(workspace);
        foreach (var stays in await CaseSandbox.RemoveLeftoversAsync(engine, workspace.Id, token))
        {
            report(new RunEvent.Waiting(stays));
        }

        if (left.Length == 0)
        {
            return new RunSummary(0, done, 0);
        }

        await using var bench = await TestBench.PrepareAsync(workspace, engine, settings, left, report, token);
        var watch = new AllowanceWatch(workspace, plan);
        var (finished, withheld) = (0, 0);
        var failuresInARow = new Dictionary<string, int>(StringComparer.Ordinal);
        var units = WorkUnit.Of(left);
        foreach (var (i, unit) in units.Index())
        {
            var id = unit.Submission.Id;
            if (failuresInARow.GetValueOrDefault(id) >= GiveUpAfter)
            {
                Tell(unit, planned => new RunEvent.CaseAbandoned(
                    planned, $"Not tried, because {GiveUpAfter} containers of this entry in a row could not be run."));
                continue;
            }

            if (watch.Verdict(unit.Submission) is { } verdict)
            {
                Tell(unit, planned => new RunEvent.CaseWithheld(planned, verdict));
                withheld += unit.Cases.Count;
                continue;
            }

            var next = i + 1 < units.Count ? units[i + 1] : null;
            var came = await TryRunAsync((now, stop) => bench.Runner.RunAsync(now, next, units.Count - i, stop), unit, Note, token);
            finished += came.Results;
            failuresInARow[id] = came.EngineFailed ? failuresInARow.GetValueOrDefault(id) + 1 : 0;
        }

        return new RunSummary(finished, done, left.Length - finished - withheld) { Withheld = withheld };

        void Tell(WorkUnit unit, Func<PlannedCase, RunEvent> happened)
        {
            foreach (var planned in unit.Cases)
            {
                report(happened(planned));
            }
        }

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
        Path.Exists(workspace.ResultPath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id));

    private async Task<(int Results, bool EngineFailed)> TryRunAsync(
        Func<WorkUnit, CancellationToken, Task<IReadOnlyList<CaseCame>>> runAsync,
        WorkUnit unit,
        Action<RunEvent> report,
        CancellationToken token)
    {
        List<PlannedCase> left = [.. unit.Cases];
        for (var attempt = 0; left.Count > 0;)
        {
            left.ForEach(planned => report(new RunEvent.CaseStarted(planned)));
            try
            {
                foreach (var came in (await runAsync(new WorkUnit([.. left]), token)).OrderBy(came => came.HasFailed))
                {
                    await GpuProbe.CheckAsync(engine, workspace.Id, came, token);
                    Keep(came, report);
                    left.Remove(came.Planned);
                }
            }
            catch (DatasetFaultException fault)
            {
                // The others of a batch can do without it.
                var faulty = left.First(planned => (planned.Case.Dataset, planned.Case.Id) == (fault.Dataset, fault.CaseId));
                report(new RunEvent.CaseAbandoned(faulty, fault.Message));
                left.Remove(faulty);
            }
            catch (Exception fault) when (Infrastructure.MayPass(fault) && attempt < settings.RetryDelays.Count)
            {
                var delay = settings.RetryDelays[attempt++];
                left.ForEach(planned => report(new RunEvent.CaseRetried(planned, Infrastructure.Describe(fault), delay)));
                await Task.Delay(delay, settings.Clock, token);
            }
            catch (EngineException fault)
            {
                left.ForEach(planned => report(new RunEvent.CaseAbandoned(planned, fault.Message)));
                await engine.PingAsync(token); // Without an engine all other cases would fail alike, each after its waiting.
                return (unit.Cases.Count(IsDone), true);
            }
            catch (IOException fault) when (Infrastructure.IsDiskFull(fault))
            {
                left.ForEach(planned => report(new RunEvent.CaseAbandoned(planned, Infrastructure.Describe(fault))));
                throw; // Without room for results all other cases would fail alike.
            }
        }

        return (unit.Cases.Count(IsDone), false);
    }

    private void Keep(CaseCame came, Action<RunEvent> report)
    {
        if (came.Result is { } result)
        {
            report(new RunEvent.CaseFinished(came.Planned, ResultFile.Write(workspace, result)));
        }
        else
        {
            report(new RunEvent.CaseAbandoned(came.Planned, came.Fault!.Message));
        }
    }
}
