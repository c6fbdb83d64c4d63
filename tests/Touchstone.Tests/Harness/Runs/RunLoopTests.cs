using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Runs;

[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class RunLoopTests(EngineFixture fixture)
{
    private readonly Workspace _workspace = Workspace.Open(fixture.NewPath("workspace"));
    private readonly List<RunEvent> _events = [];

    [Fact]
    public async Task Run_SamePlanAgain_RunsOnlyWhatIsMissing()
    {
        DatasetCase[] cases = [fixture.NewCase("one"), fixture.NewCase("two")];
        var first = await RunAsync("well-behaved", cases[..1]);
        var path = _workspace.ResultPath("well-behaved", "phantom", "one");
        var written = File.ReadAllBytes(path);

        var second = await RunAsync("well-behaved", cases);

        Assert.Equal(new RunSummary(1, 0, 0), first);
        Assert.Equal(new RunSummary(1, 1, 0), second);
        Assert.Equal(written, File.ReadAllBytes(path));
        Assert.Equal(2, ResultFile.ReadAll(_workspace).Count());
    }

    [Fact]
    public async Task Run_OneCase_WritesAResultThatSaysWhatMadeIt()
    {
        await RunAsync("well-behaved-folder", [fixture.NewCase("one")]);

        var result = ResultFile.Read(_workspace.ResultPath("well-behaved-folder", "phantom", "one"));
        Assert.Equal(fixture.Image.Digest.Value, result.Entry.Image);
        Assert.Equal("folder", result.Entry.Layout);
        Assert.Equal(_workspace.Pseudonym("phantom", "one"), result.Case.Pseudonym);
        Assert.Equal(64, result.Case.CtSha256.Length);
        Assert.StartsWith("Docker Engine ", result.Machine.Engine, StringComparison.Ordinal);
        Assert.InRange(result.Timing.RunSeconds, 0, 3); // 0 when it ends before the engine has noted its start
        Assert.InRange(result.Timing.SetUpSeconds, 0.001, 60);
        Assert.InRange(result.Timing.CollectSeconds, 0.001, 60);
        Assert.Equal(result.Timing.SetUpSeconds, result.Timing.CreateSeconds!.Value + result.Timing.StartSeconds!.Value, 9);
        Assert.Equal(("per-case", null, null), (result.Timing.Protocol, result.Timing.BatchCases, result.Timing.WarmUpSeconds));
        Assert.Null(result.Gpu);
        Assert.True(result.Timing.CpuSeconds is null or (> 0 and < 3));
        Assert.True(result.Timing.PeakMemoryBytes is null or > 100_000);
        Assert.Equal(["liver", "spleen"], result.Outputs.Select(file => Path.GetFileName(file.Path)[..^7]));
        Assert.Equal(EngineFixture.Challenge.Sha256, result.Provenance.ChallengeSha256);
        foreach (var output in result.Outputs)
        {
            var kept = File.ReadAllBytes(Path.Combine(_workspace.CasePath("well-behaved-folder", "phantom", "one"), "prediction", output.Path));
            Assert.Equal(output.Sha256, TestImage.Hash(kept));
        }
    }

    [Fact]
    public async Task Run_KnownWork_IsWhatTheKernelCounted()
    {
        // Eight megabytes of heap, held for half a second, and some work for the processor.
        const string script = "x=$(head -c 8000000 /dev/zero | tr '\\0' a); sleep 0.5; echo ${#x} >/dev/null; exit 5";
        var submission = fixture.Submission(Participant.Named("well-behaved")) with { Command = ["/bin/sh", "-c", script] };

        await RunAsync(submission, [fixture.NewCase("one")]);

        var timing = ResultFile.Read(_workspace.ResultPath(submission.Id, "phantom", "one")).Timing;
        Assert.InRange(timing.RunSeconds, 0.5, 3);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.InRange(timing.CpuSeconds!.Value, 0.005, 3);
            Assert.InRange(timing.PeakAnonymousBytes!.Value, 8_000_000, 48 << 20);
            Assert.InRange(timing.PeakMemoryBytes!.Value, timing.PeakAnonymousBytes.Value, 52 << 20);
            Assert.InRange(timing.DiskReadBytes!.Value, 0, 64 << 20);
        }
        else
        {
            Assert.Null(timing.CpuSeconds); // only root can remove the control group that counts
        }
    }

    [Fact]
    public async Task Run_ReferenceDamaged_LeavesThatCaseOutAndGoesOn()
    {
        var (bad, good) = (fixture.NewCase("bad"), fixture.NewCase("good"));
        File.WriteAllText(Path.Combine(bad.SegmentationsPath, "liver.nii.gz"), "no volume");

        var summary = await RunAsync("well-behaved", [bad, good]);

        Assert.Equal(new RunSummary(1, 0, 1), summary);
        var reason = Assert.Single(_events.OfType<RunEvent.CaseAbandoned>()).Reason;
        Assert.Contains("phantom", reason, StringComparison.Ordinal);
        Assert.Contains("bad", reason, StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.ResultPath("well-behaved", "phantom", "bad")));
    }

    [Fact]
    public async Task Run_CtMissing_LeavesThatCaseOutAndGoesOn()
    {
        var bad = fixture.NewCase("bad") with { CtPath = fixture.NewPath("ct.nii.gz") };

        Assert.Equal(new RunSummary(1, 0, 1), await RunAsync("well-behaved", [bad, fixture.NewCase("good")]));
    }

    [Fact]
    public async Task Run_CommandNotInTheImage_IsTheParticipantsCrash()
    {
        var submission = fixture.Submission(Participant.Named("well-behaved")) with { Command = Submission.DefaultCommand };

        await RunAsync(submission, [fixture.NewCase("one")]);

        var result = _events.OfType<RunEvent.CaseFinished>().Single().Result;
        Assert.Equal((Ending.Crashed, 127), (result.Ending, result.ExitCode));
        Assert.Contains("/bin/bash", result.EndingDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GpuOnAnEngineWithoutOne_IsNobodysFaultAndNotTriedAgain()
    {
        var submission = fixture.Submission(Participant.Named("well-behaved")) with { NeedsGpu = true };

        var summary = await RunAsync(submission, [fixture.NewCase("one")], TimeSpan.FromHours(1));

        Assert.Equal(new RunSummary(0, 0, 1), summary);
        Assert.Contains("no GPU support", _events.OfType<RunEvent.CaseAbandoned>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ImageGone_SaysThatItMustBeSubmittedAgain()
    {
        var submission = fixture.Submission(Participant.Named("well-behaved")) with { Image = ImageDigest.Parse($"sha256:{new string('0', 64)}") };

        var summary = await RunAsync(submission, [fixture.NewCase("one")], TimeSpan.FromHours(1));

        Assert.Equal(1, summary.Abandoned);
        Assert.Contains("Submit it again", _events.OfType<RunEvent.CaseAbandoned>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EngineFailsOnThreeCasesInARow_GivesUpOnThatEntry()
    {
        var submission = fixture.Submission(Participant.Named("well-behaved")) with { Image = ImageDigest.Parse($"sha256:{new string('0', 64)}") };

        var summary = await RunAsync(submission, [.. Enumerable.Range(1, 5).Select(number => fixture.NewCase($"case{number}"))]);

        Assert.Equal(new RunSummary(0, 0, 5), summary);
        Assert.Equal(3, _events.OfType<RunEvent.CaseStarted>().Count());
        Assert.Equal(5, _events.OfType<RunEvent.CaseAbandoned>().Count());
    }

    [Fact]
    public async Task Run_StoppedInTheMiddle_LeavesNoResultAndNothingInTheEngine()
    {
        using var stop = new CancellationTokenSource();
        var loop = new RunLoop(_workspace, fixture.Engine, Settings([]));
        var running = loop.RunAsync(Plan(fixture.Submission(Participant.Named("sleeper")), [fixture.NewCase("one")]), _events.Add, stop.Token);
        while ((await fixture.Engine.ListContainersAsync(Label)).Count < 2 && !running.IsCompleted)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(Directory.GetFiles(_workspace.Root, ResultFile.Name, SearchOption.AllDirectories));
        await RunAsync("well-behaved", []);
        await RunAsync("well-behaved", [fixture.NewCase("two")]);
        Assert.Empty(await fixture.Engine.ListContainersAsync(Label));
        Assert.Empty(await fixture.Engine.ListVolumesAsync(Label));
    }

    [Fact]
    public async Task Run_AfterAKilledProcess_RemovesItsContainersAndVolumesOnly()
    {
        var other = Workspace.Open(fixture.NewPath("other"));
        await LeaveAsync(_workspace, "a");
        await LeaveAsync(other, "b");

        await RunAsync("well-behaved", [fixture.NewCase("one")]);

        Assert.Empty(await fixture.Engine.ListContainersAsync(Label));
        Assert.Empty(await fixture.Engine.ListVolumesAsync(Label));
        var label = $"touchstone.workspace={other.Id}";
        var container = Assert.Single(await fixture.Engine.ListContainersAsync(label));
        await fixture.Engine.RemoveContainerAsync(container.Id);
        await fixture.Engine.RemoveVolumeAsync(Assert.Single(await fixture.Engine.ListVolumesAsync(label)));
    }

    [Fact]
    public async Task Run_WhileAnotherRuns_IsRefused()
    {
        using var hold = _workspace.Lock();

        await Assert.ThrowsAsync<WorkspaceBusyException>(() => RunAsync("well-behaved", [fixture.NewCase("one")]));
    }

    private string Label => $"touchstone.workspace={_workspace.Id}";

    private static RunSettings Settings(IReadOnlyList<TimeSpan> delays) =>
        new() { ManifestSha256 = new string('a', 64), RetryDelays = delays };

    private static IReadOnlyList<PlannedCase> Plan(Submission submission, IEnumerable<DatasetCase> cases) =>
        PlannedCase.Of(submission, EngineFixture.Challenge, cases);

    private Task<RunSummary> RunAsync(string participant, DatasetCase[] cases) =>
        RunAsync(fixture.Submission(Participant.Named(participant)), cases);

    private Task<RunSummary> RunAsync(Submission submission, DatasetCase[] cases, params TimeSpan[] delays) =>
        new RunLoop(_workspace, fixture.Engine, Settings(delays)).RunAsync(Plan(submission, cases), _events.Add);

    /// <summary>What a process leaves that is killed while a container runs.</summary>
    private async Task LeaveAsync(Workspace workspace, string name)
    {
        Dictionary<string, string> labels = new() { ["touchstone.workspace"] = workspace.Id, ["touchstone.run"] = name };
        await fixture.Engine.CreateVolumeAsync(new VolumeRequest { Name = $"touchstone-test-{workspace.Id}", Labels = labels });
        var container = await fixture.Engine.CreateContainerAsync(new ContainerRequest
        {
            Image = fixture.Image.Digest.Value,
            Entrypoint = [],
            Cmd = ["/bin/sleep", "1000"],
            Labels = labels,
            HostConfig = new HostConfig
            {
                NetworkMode = "none",
                Mounts = [new Mount("volume", $"touchstone-test-{workspace.Id}", "/mnt", ReadOnly: false)],
            },
        });
        await fixture.Engine.StartContainerAsync(container);
    }
}
