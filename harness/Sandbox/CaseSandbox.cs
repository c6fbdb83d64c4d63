using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Meters;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Runs participants' containers, one case each, and leaves nothing of them behind but accepted predictions and a log.
/// Not safe for two runs at once where times count.
/// </summary>
public sealed partial class CaseSandbox : IAsyncDisposable
{
    private const int LogBytes = 64 << 10;
    private const int BySigkill = 128 + 9;

    private readonly DockerEngine _engine;
    private readonly StageAhead _ahead;
    private readonly ImageScripts _scripts;
    private readonly GpuDevice? _gpu;
    private readonly TimeProvider _clock;

    private CaseSandbox(
        DockerEngine engine, EngineInfo machine, StageAhead ahead, ImageScripts scripts, GpuDevice? gpu, TimeProvider clock) =>
        (_engine, Machine, _ahead, _scripts, _gpu, _clock) = (engine, machine, ahead, scripts, gpu, clock);

    /// <summary>The machine that the containers run on.</summary>
    public EngineInfo Machine { get; }

    /// <summary>Removes what a killed process of a workspace left in the engine and in the kernel.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="workspaceId">The workspace. No other process may use it at the same time.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>What cannot be removed and is left behind, a sentence each, for operators.</returns>
    public static async Task<IReadOnlyList<string>> RemoveLeftoversAsync(
        DockerEngine engine, string workspaceId, CancellationToken token = default)
    {
        var left = await Traces.RemoveAsync(engine, $"{SandboxProfile.WorkspaceLabel}={workspaceId}", token);
        CgroupMeter.RemoveLeftovers(workspaceId);
        return left;
    }

    /// <summary>Makes the engine ready and removes what a killed process of the same workspace left in it.</summary>
    /// <param name="engine">The engine; the caller disposes it.</param>
    /// <param name="workspaceId">
    /// Owner of the runs, lower-case hexadecimal. No other process may use it at the same time.
    /// </param>
    /// <param name="clock">For the time limit and the harness's own times.</param>
    /// <param name="gpu">The GPU of containers that ask for one; the caller disposes it. Null for any, unwatched.</param>
    /// <param name="token">Stops the work.</param>
    public static async Task<CaseSandbox> PrepareAsync(
        DockerEngine engine, string workspaceId, TimeProvider clock, GpuDevice? gpu = null, CancellationToken token = default)
    {
        await RemoveLeftoversAsync(engine, workspaceId, token);
        await LoadingName.RemoveAbandonedAsync(engine, report: null, token);
        var machine = await engine.InfoAsync(token);
        EngineRules.Check(machine);
        var holderImage = await HolderImage.EnsureAsync(engine, token);
        return new CaseSandbox(
            engine, machine, new StageAhead(engine, machine, workspaceId, holderImage, clock), new ImageScripts(engine, workspaceId), gpu, clock);
    }

    /// <summary>What a container gets here of what a challenge allows: no more cores than the machine has.</summary>
    /// <param name="limits">The challenge's limits.</param>
    public SandboxLimits Effective(SandboxLimits limits) => Effective(Machine, limits);

    /// <summary>What a container gets on a machine of what a challenge allows.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="limits">The challenge's limits.</param>
    public static SandboxLimits Effective(EngineInfo machine, SandboxLimits limits) =>
        machine.NCPU > 0 && limits.Cpus > machine.NCPU ? limits with { Cpus = machine.NCPU } : limits;

    /// <summary>The image of a submission.</summary>
    /// <param name="engine">Where it should be.</param>
    /// <param name="submission">Whose it is.</param>
    /// <param name="token">Stops the request.</param>
    /// <exception cref="EngineException">The engine does not hold it any more.</exception>
    public static async Task<ImageDetails> FindImageAsync(
        DockerEngine engine, Submission submission, CancellationToken token = default) =>
        await engine.FindImageAsync(submission.Image.Value, token)
            ?? throw new EngineException(
                $"The engine no longer holds image {submission.Image} of submission {submission.Id} "
                + $"({submission.Source}). Submit it again.")
            {
                IsTransient = false,
            };

    /// <summary>Runs one case.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="next">What will run after it, to be made ready as soon as this one has ended; null for nothing.</param>
    /// <param name="token">Stops the container, whatever it is doing.</param>
    /// <exception cref="EngineException">The engine fails; nothing about the participant can be concluded.</exception>
    /// <exception cref="FileNotFoundException">The CT is absent or cannot be read.</exception>
    public async Task<SandboxOutcome> RunAsync(SandboxJob job, SandboxJob? next = null, CancellationToken token = default)
    {
        OwnFolder.Empty(job.Cases[0].PredictionFolder);
        var stage = await _ahead.TakeAsync(job, token);
        try
        {
            if (await RefusedAsync(stage, job, next, token) is { } refused)
            {
                return refused[0];
            }

            var (isKilled, start, ran, watch) = await RunAsync(stage, job, token);
            var end = _clock.GetTimestamp();
            var usage = stage.Meter?.Read(stage.Slot.Holder) ?? default;
            _ahead.Prepare(next, token);
            var outcome = await ConcludeAsync(job, stage, isKilled, ran, token);
            outcome = await ExplainAsync(job, outcome, token);
            return Measured([outcome], stage, start, _clock.GetElapsedTime(end), usage, watch)[0];
        }
        finally
        {
            _ahead.Retire(stage);
        }
    }

    /// <summary>Outcomes of one container's cases, with what was measured of the container.</summary>
    private static SandboxOutcome[] Measured(
        IEnumerable<SandboxOutcome> outcomes, CaseStage stage, TimeSpan start, TimeSpan collect, CgroupUsage usage, RunWatch watch)
    {
        var gpu = watch.Gpu;
        return [.. outcomes.Select((outcome, i) => outcome with
        {
            Create = stage.Create,
            Start = start,
            Collect = collect,
            Usage = usage,
            PeakAnonymousBytes = watch.PeakAnonymousBytes,
            Gpu = gpu,
            CtSha256 = stage.CtSha256[i],
        })];
    }

    /// <summary>Takes away what is still in the engine.</summary>
    public ValueTask DisposeAsync() => _ahead.DisposeAsync();

    /// <summary>Starts a container, watches it and waits for its end.</summary>
    private async Task<(bool IsKilled, TimeSpan Start, TimeSpan Ran, RunWatch Watch)> RunAsync(
        CaseStage stage, SandboxJob job, CancellationToken token)
    {
        using var watch = RunWatch.Begin(stage.Meter, stage.Container, job.Submission.NeedsGpu ? _gpu : null);
        var begin = _clock.GetTimestamp();
        var hasStarted = await StartAsync(stage.Container, token);
        var start = _clock.GetElapsedTime(begin);
        var isKilled = hasStarted
            && !await new Deadline(_engine, _clock).WaitAsync(stage.Container, job.Limits.WallTime, job.Limits.GraceTime, token)
            && !await EndedBeforeAsync(stage.Container, job.Limits.WallTime, token);
        return (isKilled, start, _clock.GetElapsedTime(begin) - start, watch);
    }

    /// <summary>Whether a container ended before any signal went to it: a busy engine can tell of an end after the limit.</summary>
    private async Task<bool> EndedBeforeAsync(string container, TimeSpan limit, CancellationToken token) =>
        !_engine.Version.IsPodman
        && Elapsed((await _engine.InspectContainerAsync(container, token)).State) is var run && run > TimeSpan.Zero && run < limit;

    /// <summary>Reads what a container that has ended left, and judges it.</summary>
    private async Task<SandboxOutcome> ConcludeAsync(
        SandboxJob job, CaseStage stage, bool isKilled, TimeSpan ran, CancellationToken token)
    {
        var inspecting = _engine.InspectContainerAsync(stage.Container, token);
        var keeping = KeepLogAsync(stage.Container, job.LogPath, token);
        var collecting = isKilled
            ? Task.FromResult<IReadOnlyList<CollectedOutput>>([CollectedOutput.None])
            : CollectAsync(job, stage.Slot, token);
        await Task.WhenAll(inspecting, keeping, collecting);
        var (state, output) = ((await inspecting).State, (await collecting)[0]);

        // Podman's own times can be off by a second, even below zero: the harness's clock is late, but never paid for.
        var run = _engine.Version.IsPodman ? ran : Elapsed(state);
        var end = await EndOfAsync(stage, state, isKilled, run, token);
        var verdict = job.Files is { } files
            ? EndingRules.Judge(end, output, files, job.Submission.Command, job.Limits)
            : EndingRules.Judge(end, output, job.Expected(job.Cases[0]), job.Submission.Command, job.Limits);
        return OutcomeOf(job.Cases[0], verdict, output, end, state);
    }

    /// <summary>
    /// How a container ended. Of one that ended by SIGKILL the engine can hear of the end first and of the reason after, when
    /// its flag stays as it was; then its events say.
    /// </summary>
    private async Task<ContainerEnd> EndOfAsync(
        CaseStage stage, ContainerState state, bool isKilled, TimeSpan run, CancellationToken token)
    {
        if (isKilled)
        {
            return new ContainerEnd(null, state.OOMKilled, run);
        }

        var wasOutOfMemory = state.OOMKilled || (state.ExitCode == BySigkill && !_engine.Version.IsPodman
            && await _engine.HasHeardOfLackOfMemoryAsync(stage.Container, state.StartedAt, _clock.GetUtcNow(), token));
        return new ContainerEnd(state.ExitCode, wasOutOfMemory, run);
    }

    /// <summary>By the engine's clock; zero for a container that never started.</summary>
    private static TimeSpan Elapsed(ContainerState state) =>
        state.StartedAt.Year > 1 && state.FinishedAt > state.StartedAt ? state.FinishedAt - state.StartedAt : TimeSpan.Zero;

    /// <summary>Starts the participant's container; false when its own command is what prevents it.</summary>
    private async Task<bool> StartAsync(string container, CancellationToken token)
    {
        try
        {
            await _engine.StartContainerAsync(container, token);
            return true;
        }
        catch (EngineException)
        {
            if ((await _engine.InspectContainerAsync(container, token)).State is { ExitCode: 126 or 127 })
            {
                return false;
            }

            throw;
        }
    }

    private async Task KeepLogAsync(string container, string path, CancellationToken token)
    {
        var log = LogText.Clean(await _engine.ReadLogTailAsync(container, LogBytes, token));
        File.Delete(path);
        await using var file = new StreamWriter(path, DurableFile.ForOwnerOnly());
        await file.WriteAsync(log.AsMemory(), token);
    }

    private SandboxOutcome OutcomeOf(StagedCase one, Verdict verdict, CollectedOutput output, ContainerEnd end, ContainerState state)
    {
        var isComplete = verdict.Ending == Ending.Completed;
        if (!isComplete)
        {
            OwnFolder.Empty(one.PredictionFolder); // only names of ours are ever in it
        }

        return new SandboxOutcome
        {
            Ending = verdict.Ending,
            Detail = verdict.Detail,
            Remark = verdict.Remark,
            ExitCode = end.ExitCode,
            WasOutOfMemory = end.WasOutOfMemory,
            Outputs = isComplete ? output.Files : [],
            StartedAt = state.StartedAt.Year > 1 ? state.StartedAt : _clock.GetUtcNow(),
            Run = end.Run,
        };
    }

    private async Task<IReadOnlyList<CollectedOutput>> CollectAsync(SandboxJob job, VolumeSlot slot, CancellationToken token)
    {
        await using var archive = await OpenOutputsAsync(slot, token);
        if (archive is null)
        {
            return [.. job.Cases.Select(_ => CollectedOutput.None with { Forbidden = "something that the engine cannot read" })];
        }

        return await new OutputCollector(
            job.Files is { } files ? [files.Accept] : [.. job.Cases.Select(one => (Func<string, string?>)job.Expected(one).Accept)],
            [.. job.Cases.Select(one => one.PredictionFolder)],
            checked(job.Limits.OutputBytes * job.Cases.Count),
            job.Files?.OutputInodes ?? SandboxProfile.OutputInodes * job.Cases.Count).CollectAsync(archive, token);
    }

    /// <summary>Null where the engine refuses the output folder and nothing else: then it is what the container made of it.</summary>
    private async Task<Stream?> OpenOutputsAsync(VolumeSlot slot, CancellationToken token)
    {
        try
        {
            return await _engine.GetArchiveAsync(slot.Holder, slot.Outputs, token);
        }
        catch (EngineException fault) when (fault.Status is not null)
        {
            if (await _engine.StatPathAsync(slot.Holder, "/", token) is null)
            {
                throw;
            }

            return null;
        }
    }
}
