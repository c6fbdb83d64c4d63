using System.Runtime.Versioning;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>What is the machine's fault is tried again and never scored: an engine that goes down, a GPU that is lost.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
[SupportedOSPlatform("linux")]
public sealed class InfrastructureTests(EngineFixture fixture)
{
    private readonly Workspace _workspace = Workspace.Open(fixture.NewPath("workspace"));
    private readonly List<RunEvent> _events = [];

    [Fact]
    public async Task Run_EngineDownInTheMiddleAndBack_IsTriedAgainAndScoredOnce()
    {
        using var proxy = new EngineProxy();
        using var engine = await DockerEngine.ConnectAsync(proxy.Endpoint);
        var submission = fixture.Submission(Participant.Named("well-behaved")) with { Command = ["/bin/sh", "-c", "sleep 1; exec sh well-behaved/predict.sh"] };
        var plan = PlannedCase.Of(submission, EngineFixture.Challenge, [fixture.NewCase("one")]);
        var running = new RunLoop(_workspace, engine, Settings(3)).RunAsync(plan, happened =>
        {
            _events.Add(happened);
            if (happened is RunEvent.CaseRetried)
            {
                proxy.Mend();
            }
        });
        while ((await fixture.Engine.ListContainersAsync(Label)).Count < 2 && !running.IsCompleted)
        {
            await Task.Delay(20);
        }

        proxy.Cut();
        var summary = await running;

        Assert.Equal(new RunSummary(1, 0, 0), summary);
        Assert.NotEmpty(_events.OfType<RunEvent.CaseRetried>());
        Assert.Equal(Ending.Completed, ResultFile.ReadAll(_workspace).Single().Ending);
        await fixture.AssertNothingLeftAsync(_workspace);
    }

    [Fact]
    public async Task Run_EngineDownForGood_StopsAndScoresNothing()
    {
        using var proxy = new EngineProxy();
        using var engine = await DockerEngine.ConnectAsync(proxy.Endpoint);
        var plan = PlannedCase.Of(
            fixture.Submission(Participant.Named("well-behaved")), EngineFixture.Challenge, [fixture.NewCase("one"), fixture.NewCase("two")]);

        await Assert.ThrowsAsync<EngineException>(() => new RunLoop(_workspace, engine, Settings(2)).RunAsync(plan, happened =>
        {
            _events.Add(happened);
            if (happened is RunEvent.CaseStarted)
            {
                proxy.Cut();
            }
        }));

        Assert.Equal(2, _events.OfType<RunEvent.CaseRetried>().Count());
        Assert.Single(_events.OfType<RunEvent.CaseAbandoned>());
        Assert.Empty(ResultFile.ReadAll(_workspace));
    }

    /// <summary>
    /// A second engine with a stand-in for the NVIDIA toolkit's hook, which the engine calls for every container that asks
    /// for a GPU; it can be told that the GPU is gone.
    /// </summary>
    [Fact]
    public async Task Run_GpuLostWhileACaseRuns_IsNotTheParticipantsCrash()
    {
        using var toolkit = new TemporaryFolder();
        var hook = toolkit.Write("nvidia-container-runtime-hook", $"""
            #!/bin/sh
            echo called >> {toolkit.File("calls")}
            [ ! -e {toolkit.File("gone")} ] || [ $(wc -l < {toolkit.File("calls")}) -lt 2 ]
            """);
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
        await using var spare = await SpareEngine.StartAsync("unshare", folder =>
        [
            "--net", "env", $"PATH={toolkit.Path}:{Environment.GetEnvironmentVariable("PATH")}", "dockerd", "--host", $"unix://{folder}/socket",
            "--data-root", $"{folder}/data", "--exec-root", $"{folder}/run", "--pidfile", $"{folder}/pid", "--bridge=none",
            "--iptables=false", "--ip-masq=false",
        ]);
        var submission = spare.Fixture.Submission(Participant.Named("crasher")) with { NeedsGpu = true };
        var plan = PlannedCase.Of(submission, EngineFixture.Challenge, [spare.Fixture.NewCase("one")]);
        toolkit.Write("gone", "");

        var lost = await new RunLoop(_workspace, spare.Fixture.Engine, Settings(1)).RunAsync(plan, _events.Add);
        File.Delete(toolkit.File("gone"));
        var back = await new RunLoop(_workspace, spare.Fixture.Engine, Settings(0)).RunAsync(plan, _ => { });

        Assert.Equal(new RunSummary(0, 0, 1), lost);
        Assert.Contains("The GPU is gone", _events.OfType<RunEvent.CaseRetried>().Single().Reason, StringComparison.Ordinal);
        Assert.Equal(new RunSummary(1, 0, 0), back);
        Assert.Equal((Ending.Crashed, 3), (ResultFile.ReadAll(_workspace).Single().Ending, ResultFile.ReadAll(_workspace).Single().ExitCode));
        await spare.Fixture.AssertNothingLeftAsync(_workspace);
    }

    private string Label => $"touchstone.workspace={_workspace.Id}";

    private static RunSettings Settings(int retries) => new()
    {
        ManifestSha256 = new string('a', 64),
        RetryDelays = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(50), retries)],
    };
}
