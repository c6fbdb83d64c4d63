using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Runs cases that have results again, under the same conditions, until each has as many timed runs as wanted. Repeats
/// are kept beside the results and change none; an interrupted loop goes on where it was.
/// </summary>
public sealed class RepeatLoop(Workspace workspace, DockerEngine engine, RunSettings settings)
{
    /// <summary>Works through a plan, all cases once, then all of them again: so slow drifts of the machine meet all alike.</summary>
    /// <param name="plan">The cases; those without a result are left out.</param>
    /// <param name="runs">Timed runs that each should have, the scored one included.</param>
    /// <param name="report">Told of everything as it happens.</param>
    /// <param name="token">Stops the present container.</param>
    /// <returns>A summary of each case that has a result, in the order of the plan.</returns>
    /// <exception cref="WorkspaceBusyException">Another process runs in the workspace.</exception>
    /// <exception cref="EngineException">The engine fails. Repeats so far are kept.</exception>
    public async Task<IReadOnlyList<RepeatSummary>> RunAsync(
        IReadOnlyList<PlannedCase> plan, int runs, Action<RunEvent> report, CancellationToken token = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        using var hold = workspace.Lock();
        var done = plan.Where(planned => RunLoop.HasResult(workspace, planned)).ToArray();
        if (done.Any(planned => Runs(planned) < runs))
        {
            await using var bench = await TestBench.PrepareAsync(workspace, engine, settings, done, report, token);
            for (var run = 2; run <= runs; run++)
            {
                await RepeatAsync(bench, [.. done.Where(planned => Runs(planned) < run)], report, token);
            }
        }

        return [.. done.Select(planned => RepeatSummary.Of(
            ResultFile.Read(ResultPath(planned)), RepeatFile.ReadAll(workspace, planned)))];
    }

    private async Task RepeatAsync(TestBench bench, PlannedCase[] cases, Action<RunEvent> report, CancellationToken token)
    {
        foreach (var unit in WorkUnit.Of(cases))
        {
            var repeats = await bench.Runner.RepeatAsync(unit, token);
            foreach (var (planned, repeat) in unit.Cases.Zip(repeats))
            {
                RepeatFile.Write(workspace, planned, repeat);
                report(new RunEvent.CaseRepeated(planned, repeat));
            }
        }
    }

    private int Runs(PlannedCase planned) => 1 + RepeatFile.ReadAll(workspace, planned).Count;

    private string ResultPath(PlannedCase planned) =>
        workspace.ResultPath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id);
}
