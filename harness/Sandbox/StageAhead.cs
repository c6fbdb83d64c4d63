using System.Security.Cryptography;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Makes the next case ready while the one before is read and scored, and takes away the one that is over, so that
/// neither is waited for. Never while a container runs: nothing of the harness may be at work while one is timed.
/// Not safe to use from several threads.
/// </summary>
internal sealed class StageAhead(
    DockerEngine engine, EngineInfo machine, string workspaceId, string holderImage, TimeProvider clock) : IAsyncDisposable
{
    private readonly ImageAccounts _accounts = new(engine);
    private readonly IReadOnlyList<string> _machinesPaths = [.. HiddenPaths.OfDisks(), .. HiddenPaths.OfNodes()];
    private readonly SeccompFile? _seccomp = engine.Version.IsPodman ? SeccompFile.Make() : null;
    private Task<CaseStage>? _next;
    private SandboxJob? _nextJob;
    private Task _leaving = Task.CompletedTask;
    private VolumePool? _pool;

    /// <summary>The case made ready, now if it was not before. When this returns, the harness is quiet.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="EngineException">The engine fails, or no longer has the image.</exception>
    /// <exception cref="FileNotFoundException">A CT is absent or cannot be read.</exception>
    public async Task<CaseStage> TakeAsync(SandboxJob job, CancellationToken token)
    {
        if (_nextJob is null || !_nextJob.Cases.SequenceEqual(job.Cases))
        {
            await DropAsync(); // the plan has changed: an entry was given up, or a batch lost a case
        }

        var staging = _next ?? StageAsync(job, token);
        (_next, _nextJob) = (null, null);
        try
        {
            return await staging;
        }
        finally
        {
            await _leaving;
        }
    }

    /// <summary>Begins to make a case ready. What fails is told when it is taken.</summary>
    /// <param name="job">What will run next; null for nothing.</param>
    /// <param name="token">Stops the work.</param>
    public void Prepare(SandboxJob? job, CancellationToken token) =>
        (_next, _nextJob) = (job is null ? null : StageAsync(job, token), job);

    /// <summary>Begins to take a case away that is over.</summary>
    /// <param name="stage">The case.</param>
    public void Retire(CaseStage stage) => _leaving = Task.WhenAll(_leaving, stage.RemoveAsync(engine));

    /// <summary>Takes everything away that is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        await _leaving;
        await (_pool?.CloseAsync() ?? Task.CompletedTask);
        _pool = null;
        _seccomp?.Dispose();

        // What an engine that was down for a while could not remove then.
        await Traces.TryRemoveAsync(engine, $"{SandboxProfile.WorkspaceLabel}={workspaceId}");
    }

    /// <summary>Takes away what was made ready in vain, whatever became of it.</summary>
    private async Task DropAsync()
    {
        var staging = _next;
        (_next, _nextJob) = (null, null);
        if (staging is not null)
        {
            await staging.ContinueWith(static _ => { }, TaskScheduler.Default);
            if (staging.IsCompletedSuccessfully)
            {
                Retire(await staging);
            }
        }
    }

    private async Task<CaseStage> StageAsync(SandboxJob job, CancellationToken token)
    {
        var begin = clock.GetTimestamp();
        var run = await DescribeAsync(job, token);
        var meter = CgroupMeter.For(machine, workspaceId, run.RunId);
        run = run with { CgroupParent = meter?.Parent };
        var pool = await PoolAsync(run, job.CasesLeft, token);
        var slot = pool.Take();
        run = run with { VolumesId = slot.VolumesId };
        try
        {
            var filling = InputVolume.FillAsync(engine, slot, job, token);
            var creating = engine.CreateContainerAsync(SandboxProfile.Case(run), token);
            await Task.WhenAll(filling, creating);
            return new CaseStage
            {
                Container = await creating,
                Refusal = await _accounts.FaultAsync(run.Submission.Image.Value, await creating, token),
                Run = run,
                Slot = slot,
                Pool = pool,
                Meter = meter,
                CtSha256 = await filling,
                Create = clock.GetElapsedTime(begin),
            };
        }
        catch
        {
            await Traces.TryRemoveAsync(engine, $"{SandboxProfile.RunLabel}={run.RunId}");
            await pool.ReleaseAsync();
            throw;
        }
    }

    private async Task<SandboxRun> DescribeAsync(SandboxJob job, CancellationToken token)
    {
        var inputBytes = job.Files is { } files ? InputVolume.BytesFor(files) : InputVolume.BytesFor(job.Cases);
        var image = await CaseSandbox.FindImageAsync(engine, job.Submission, token);
        var runId = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return SandboxRun.Of(runId, workspaceId, job.Submission, job.Limits, image, inputBytes) with
        {
            IsPodman = engine.Version.IsPodman,
            SeccompPath = _seccomp?.Path,
            MachinePaths = _machinesPaths,
            ReadonlyPaths = machine.LabelsProcesses ? null : HiddenPaths.ReadOnly,
            Cases = job.Cases.Count,
            InputInodes = job.Files is null ? 0 : 14 + job.Files.Inputs.Count + job.Files.Folders.Count,
            OutputInodes = job.Files?.OutputInodes ?? 0,
            CpuSet = job.CpuSet,
            GpuDevice = job.GpuDevice,
        };
    }

    private async Task<VolumePool> PoolAsync(SandboxRun run, int casesLeft, CancellationToken token)
    {
        // Below systemd the holder belongs into the run's own group; elsewhere into none, so that any run can share it.
        var holding = machine.CgroupDriver == "systemd" ? run : run with { CgroupParent = null };
        if (_pool is { } present && present.Suits(holding))
        {
            return present;
        }

        var old = _pool;
        _pool = null;
        if (old is not null)
        {
            _leaving = Task.WhenAll(_leaving, old.CloseAsync());
        }

        return _pool = await VolumePool.MakeAsync(
            engine, holderImage, holding, VolumePool.SlotsFor(machine, holding, casesLeft), token);
    }
}
