using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Meters;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Harness.Runs;

/// <summary>
/// What timed runs need and nobody else may have meanwhile: cores and GPU of this machine, the sandbox, and what works
/// with them. Owns all of it.
/// </summary>
internal sealed class TestBench : IAsyncDisposable
{
    private readonly MachineLock? _hold;

    private TestBench(MachineLock? hold, GpuDevice gpu, CaseSandbox sandbox, CaseRunner runner) =>
        (_hold, Gpu, Sandbox, Runner) = (hold, gpu, sandbox, runner);

    /// <summary>The GPU of containers that ask for one.</summary>
    public GpuDevice Gpu { get; }

    /// <summary>Runs containers.</summary>
    public CaseSandbox Sandbox { get; }

    /// <summary>Runs cases.</summary>
    public CaseRunner Runner { get; }

    /// <summary>Takes the machine, waiting for other timed runs, and makes the sandbox ready.</summary>
    /// <param name="workspace">Where results go; locked by the caller.</param>
    /// <param name="engine">The engine; the caller disposes it.</param>
    /// <param name="settings">How to go about it.</param>
    /// <param name="left">What will run.</param>
    /// <param name="report">Told when another run holds the machine.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="EngineException">The engine does not answer, or cannot hold the sandbox.</exception>
    public static Task<TestBench> PrepareAsync(
        Workspace workspace,
        DockerEngine engine,
        RunSettings settings,
        IReadOnlyList<PlannedCase> left,
        Action<RunEvent> report,
        CancellationToken token) => PrepareAsync(
            workspace, engine, settings, left.Any(planned => planned.Submission.NeedsGpu),
            reason => report(new RunEvent.Waiting(reason)), token);

    /// <summary>Takes the machine, waiting for other timed runs, and makes the sandbox ready.</summary>
    /// <param name="workspace">Where results go; locked by the caller.</param>
    /// <param name="engine">The engine; the caller disposes it.</param>
    /// <param name="settings">How to go about it.</param>
    /// <param name="needsGpu">Whether anything that will run asks for a GPU.</param>
    /// <param name="waiting">Told when another run holds the machine.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="EngineException">The engine does not answer, or cannot hold the sandbox.</exception>
    public static async Task<TestBench> PrepareAsync(
        Workspace workspace, DockerEngine engine, RunSettings settings, bool needsGpu, Action<string> waiting,
        CancellationToken token)
    {
        var hold = settings.LockFolder is { } folder
            ? await MachineLock.TakeAsync(
                folder,
                MachineLock.Names(
                    settings.CpuSet ?? CpuSet.All((await engine.InfoAsync(token)).NCPU),
                    needsGpu ? settings.GpuDevice : null),
                waiting,
                settings.Clock,
                token)
            : null;
        var gpu = GpuDevice.Open(settings.GpuDevice, settings.NvmlLibrary);
        try
        {
            var sandbox = await CaseSandbox.PrepareAsync(engine, workspace.Id, settings.Clock, gpu, token);
            return new TestBench(hold, gpu, sandbox, new CaseRunner(sandbox, engine.Version, workspace, settings, gpu));
        }
        catch
        {
            gpu.Dispose();
            hold?.Dispose();
            throw;
        }
    }

    /// <summary>Takes away what is still in the engine and gives the machine back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Gpu.Dispose();
        _hold?.Dispose();
    }
}
