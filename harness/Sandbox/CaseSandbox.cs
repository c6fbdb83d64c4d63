using System.Security.Cryptography;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Runs participants' containers, one case each, and leaves nothing of them behind but accepted predictions and a log.
/// Not safe for two runs at once where times count.
/// </summary>
public sealed class CaseSandbox
{
    private const int LogBytes = 64 << 10;

    private readonly DockerEngine _engine;
    private readonly string _workspaceId;
    private readonly string _holderImage;
    private readonly TimeProvider _clock;

    private CaseSandbox(DockerEngine engine, EngineInfo machine, string workspaceId, string holderImage, TimeProvider clock) =>
        (_engine, Machine, _workspaceId, _holderImage, _clock) = (engine, machine, workspaceId, holderImage, clock);

    /// <summary>The machine that the containers run on.</summary>
    public EngineInfo Machine { get; }

    /// <summary>Makes the engine ready and removes what a killed process of the same workspace left in it.</summary>
    /// <param name="engine">The engine; the caller disposes it.</param>
    /// <param name="workspaceId">
    /// Owner of the runs, lower-case hexadecimal. No other process may use it at the same time.
    /// </param>
    /// <param name="clock">For the time limit and the harness's own times.</param>
    /// <param name="token">Stops the work.</param>
    public static async Task<CaseSandbox> PrepareAsync(
        DockerEngine engine, string workspaceId, TimeProvider clock, CancellationToken token = default)
    {
        await Traces.RemoveAsync(engine, $"{SandboxProfile.WorkspaceLabel}={workspaceId}", token);
        CgroupMeter.RemoveLeftovers(workspaceId);
        var machine = await engine.InfoAsync(token);
        EngineRules.Check(machine);
        return new CaseSandbox(engine, machine, workspaceId, await HolderImage.EnsureAsync(engine, token), clock);
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
    /// <param name="token">Stops and removes the container, whatever it is doing.</param>
    /// <exception cref="EngineException">The engine fails; nothing about the participant can be concluded.</exception>
    /// <exception cref="FileNotFoundException">The CT is absent.</exception>
    public async Task<SandboxOutcome> RunAsync(SandboxJob job, CancellationToken token = default)
    {
        var begin = _clock.GetTimestamp();
        var ct = new FileInfo(job.CtPath);
        if (!ct.Exists || !ct.Name.EndsWith(".nii.gz", StringComparison.Ordinal))
        {
            throw new FileNotFoundException($"{job.CtPath} is not there, or not a .nii.gz file.", job.CtPath);
        }

        var image = await FindImageAsync(_engine, job.Submission, token);
        var runId = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var meter = CgroupMeter.For(Machine, _workspaceId, runId);
        var run = SandboxRun.Of(runId, _workspaceId, job.Submission, job.Limits, image, ct.Length) with
        {
            CgroupParent = meter?.Parent,
            IsPodman = _engine.Version.IsPodman,
        };
        EmptyFolder(job.PredictionFolder);
        SandboxOutcome outcome;
        long end;
        try
        {
            var (holder, container) = await StageAsync(job, run, token);
            var hasStarted = await StartAsync(container, token);
            var setUp = _clock.GetElapsedTime(begin);
            var isKilled = hasStarted
                && !await new Deadline(_engine, _clock).WaitAsync(container, job.Limits.WallTime, job.Limits.GraceTime, token);
            end = _clock.GetTimestamp();
            var usage = meter?.Read(holder) ?? default;
            outcome = await ConcludeAsync(job, holder, container, isKilled, token) with { SetUp = setUp, Usage = usage };
        }
        finally
        {
            await Traces.TryRemoveAsync(_engine, $"{SandboxProfile.RunLabel}={runId}");
            meter?.Remove();
        }

        return outcome with { Collect = _clock.GetElapsedTime(end) };
    }

    /// <summary>Makes everything that the run needs, as far as possible at the same time.</summary>
    private async Task<(string Holder, string Container)> StageAsync(SandboxJob job, SandboxRun run, CancellationToken token)
    {
        await Task.WhenAll(
            _engine.CreateVolumeAsync(SandboxProfile.InputsVolume(run), token),
            _engine.CreateVolumeAsync(SandboxProfile.OutputsVolume(run), token));
        var holding = HoldAsync(job, run, token);
        var creating = _engine.CreateContainerAsync(SandboxProfile.Case(run), token);
        await Task.WhenAll(holding, creating);
        return (await holding, await creating);
    }

    /// <summary>Reads what a container that has ended left, and judges it.</summary>
    private async Task<SandboxOutcome> ConcludeAsync(
        SandboxJob job, string holder, string container, bool isKilled, CancellationToken token)
    {
        var state = (await _engine.InspectContainerAsync(container, token)).State;
        await KeepLogAsync(container, job.LogPath, token);
        var expected = new ExpectedOutputs(job.Submission.Layout, job.Pseudonym, job.Structures);
        var output = isKilled ? CollectedOutput.None : await CollectAsync(job, holder, expected, token);
        var end = new ContainerEnd(isKilled ? null : state.ExitCode, state.OOMKilled, Elapsed(state));
        var verdict = EndingRules.Judge(end, output, expected, job.Submission.Command, job.Limits);
        var isComplete = verdict.Ending == Ending.Completed;
        if (!isComplete)
        {
            EmptyFolder(job.PredictionFolder);
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

    /// <summary>By the engine's clock; zero for a container that never started.</summary>
    private static TimeSpan Elapsed(ContainerState state) =>
        state.StartedAt.Year > 1 && state.FinishedAt > state.StartedAt ? state.FinishedAt - state.StartedAt : TimeSpan.Zero;

    /// <summary>Starts the holder and gives it the CT.</summary>
    private async Task<string> HoldAsync(SandboxJob job, SandboxRun run, CancellationToken token)
    {
        var holder = await _engine.CreateContainerAsync(SandboxProfile.Holder(run, _holderImage), token);
        await _engine.StartContainerAsync(holder, token);
        await InputVolume.FillAsync(_engine, holder, job, token);
        return holder;
    }

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

    private async Task<CollectedOutput> CollectAsync(
        SandboxJob job, string holder, ExpectedOutputs expected, CancellationToken token)
    {
        await using var archive = await _engine.GetArchiveAsync(holder, SandboxProfile.HolderOutputs, token);
        return await new OutputCollector(expected, job.Limits.OutputBytes, job.PredictionFolder).CollectAsync(archive, token);
    }

    /// <summary>Only names of ours are ever in it, so removing it from here is safe.</summary>
    private static void EmptyFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }
}
