using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>What came of a case: a result, or a fault of its dataset.</summary>
/// <param name="Planned">The case.</param>
/// <param name="Result">The result, not written yet; null for a fault.</param>
/// <param name="Fault">The fault; null with a result.</param>
internal sealed record CaseCame(PlannedCase Planned, CaseResult? Result, DatasetFaultException? Fault)
{
    /// <summary>True for a result that says that the participant failed.</summary>
    public bool HasFailed => Result is { Ending: not Ending.Completed };
}

/// <summary>Does one unit of work: container, predictions, scores, results.</summary>
internal sealed partial class CaseRunner(
    CaseSandbox sandbox, EngineVersion engine, Workspace workspace, RunSettings settings, GpuDevice gpu)
{
    private readonly Dictionary<string, double> _warmUpSeconds = new(StringComparer.Ordinal);
    private string? _lastEntry;

    /// <summary>Runs and scores the cases of one container.</summary>
    /// <param name="unit">The cases.</param>
    /// <param name="next">What will probably run after them; null for nothing.</param>
    /// <param name="left">Containers that have still to run, this one included.</param>
    /// <param name="token">Stops the container.</param>
    /// <exception cref="EngineException">The engine failed.</exception>
    /// <exception cref="DatasetFaultException">A CT is at fault; no case has run.</exception>
    public async Task<IReadOnlyList<CaseCame>> RunAsync(WorkUnit unit, WorkUnit? next, int left, CancellationToken token)
    {
        var job = JobOf(unit, left);
        var outcomes = await OutcomesAsync(unit, job, NextOf(next, left - 1), token);
        return [.. unit.Cases.Select((planned, i) => ResultOf(planned, job, i, outcomes[i]))];
    }

    /// <summary>Runs the cases of one container once more, without scoring.</summary>
    /// <param name="unit">The cases, which have results.</param>
    /// <param name="token">Stops the container.</param>
    /// <returns>One more run of each case, not written yet.</returns>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<IReadOnlyList<CaseRepeat>> RepeatAsync(WorkUnit unit, CancellationToken token)
    {
        var job = JobOf(unit, left: 1);
        var folders = unit.Cases.Select(planned => OwnFolder.Below(FolderOf(planned), "repeats", "prediction")).ToArray();
        job = job with
        {
            Cases = [.. job.Cases.Select((one, i) => one with { PredictionFolder = folders[i] })],
            LogPath = Path.Combine(FolderOf(unit.Cases[0]), "repeats", "container.log"),
        };
        try
        {
            var outcomes = await OutcomesAsync(unit, job, next: null, token);
            return [.. unit.Cases.Select((planned, i) => CaseRepeat.Of(
                outcomes[i],
                TimingOf(planned, outcomes[i], unit.Cases.Count),
                ResultFile.Read(workspace.ResultPath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id)),
                Path.Combine(FolderOf(planned), "prediction"),
                folders[i]))];
        }
        finally
        {
            foreach (var folder in folders)
            {
                OwnFolder.Remove(folder); // names of ours only
            }
        }
    }

    private CaseCame ResultOf(PlannedCase planned, SandboxJob job, int index, SandboxOutcome outcome)
    {
        try
        {
            return new CaseCame(planned, ScoredResultOf(planned, job, index, outcome), null);
        }
        catch (DatasetFaultException fault)
        {
            return new CaseCame(planned, null, fault);
        }
    }

    private string FolderOf(PlannedCase planned) =>
        workspace.CasePath(planned.Submission.Id, planned.Case.Dataset, planned.Case.Id);

    private SandboxJob JobOf(WorkUnit unit, int left)
    {
        var names = unit.Cases.ToDictionary(planned => (planned.Case.Dataset, planned.Case.Id), planned => CaseNames.Inside(workspace, planned));
        CaseNames.RequireDistinct(names.Keys, (dataset, id) => names[(dataset, id)]); // a batch of earlier results has short ones
        var limits = unit.Cases.Select(planned => CaseLimits.For(planned.Challenge, planned.Case)).MaxBy(one => one.WallTime)!;
        var cores = settings.CpuSet?.Cores.Count ?? int.MaxValue;
        return new SandboxJob
        {
            Submission = unit.Submission,
            Limits = sandbox.Effective(limits with { Cpus = Math.Min(limits.Cpus, cores) }),
            Cases = [.. unit.Cases.Select(planned => new StagedCase(
                GivenCt.PathOf(workspace, planned.Case),
                names[(planned.Case.Dataset, planned.Case.Id)],
                Path.Combine(FolderOf(planned), "prediction")))],
            Structures = unit.Challenge.Structures,
            LogPath = Path.Combine(FolderOf(unit.Cases[0]), "container.log"),
            CpuSet = settings.CpuSet?.Text,
            GpuDevice = gpu.Id,
            CasesLeft = left,
        };
    }

    /// <summary>A job whose CT tells no limits is not made ready ahead; its turn will tell why.</summary>
    private SandboxJob? NextOf(WorkUnit? next, int left)
    {
        try
        {
            return next is null ? null : JobOf(next, left);
        }
        catch (DatasetFaultException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<SandboxOutcome>> OutcomesAsync(
        WorkUnit unit, SandboxJob job, SandboxJob? next, CancellationToken token)
    {
        EngineRules.Check(engine, sandbox.Machine, unit.Submission, unit.Challenge);
        if (_lastEntry != unit.Submission.Id || unit.Challenge.Timing.Cold)
        {
            ImagePages.Drop(); // entries share layers, and cases all of them
            _lastEntry = unit.Submission.Id;
        }

        try
        {
            if (unit.Challenge.Timing.WarmUp && !_warmUpSeconds.ContainsKey(unit.Submission.Id))
            {
                await WarmUpAsync(job, token);
            }

            return unit.Challenge.Timing.Protocol == TimingProtocol.Batch
                ? await sandbox.RunBatchAsync(job, next, token)
                : [await sandbox.RunAsync(job, next, token)];
        }
        catch (FileNotFoundException fault)
            when (unit.Cases.FirstOrDefault(one => GivenCt.PathOf(workspace, one.Case) == fault.FileName) is { } faulty)
        {
            throw new DatasetFaultException(faulty.Case.Dataset, faulty.Case.Id, faulty.Case.CtPath, fault);
        }
    }

    /// <summary>
    /// Runs the first case once without scoring, in a container of its own also before a batch: what it learns is gone.
    /// </summary>
    private async Task WarmUpAsync(SandboxJob job, CancellationToken token)
    {
        var folder = OwnFolder.Below(workspace.Root, "warm-up");
        try
        {
            Directory.CreateDirectory(folder);
            var one = job.Cases[0] with { PredictionFolder = Path.Combine(folder, "prediction") };
            var outcome = await sandbox.RunAsync(
                job with { Cases = [one], LogPath = Path.Combine(folder, "container.log") }, job, token);
            _warmUpSeconds[job.Submission.Id] = outcome.Run.TotalSeconds;
        }
        finally
        {
            OwnFolder.Remove(folder);
        }
    }
}
