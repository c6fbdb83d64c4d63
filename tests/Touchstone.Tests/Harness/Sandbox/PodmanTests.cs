using System.Runtime.Versioning;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Tests.Harness.Images;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>Podman's service on a socket of its own, with folders of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class PodmanEngine : IAsyncLifetime
{
    private SpareEngine _engine = null!;

    public EngineFixture Fixture => _engine.Fixture;

    public async Task InitializeAsync() => _engine = await SpareEngine.StartAsync("podman", folder =>
    [
        "--root", $"{folder}/data", "--runroot", $"{folder}/run", "--cgroup-manager", "cgroupfs", "--events-backend", "file",
        "--runtime", "runc", "system", "service", "--time", "0", $"unix://{folder}/socket",
    ]);

    public async Task DisposeAsync() => await _engine.DisposeAsync();
}

/// <summary>
/// What the sandbox holds on Podman's compatible socket. The endings are Docker's but where Podman cannot tell: an
/// out-of-memory is a crash there.
/// </summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
[SupportedOSPlatform("linux")]
public sealed class PodmanTests(PodmanEngine podman) : IClassFixture<PodmanEngine>
{
    [Theory]
    [InlineData("daemon", Ending.Completed)]
    [InlineData("device", Ending.Completed)]
    [InlineData("far-dates", Ending.OutputForbidden)]
    [InlineData("fork-bomb", Ending.Crashed)]
    [InlineData("late-writer", Ending.TimedOut)]
    [InlineData("log-flooder", Ending.Completed)]
    [InlineData("memory-bomb", Ending.Crashed)]
    [InlineData("network", Ending.Completed)]
    [InlineData("output-filler", Ending.OutputTooLarge)]
    [InlineData("output-spreader", Ending.OutputTooLarge)]
    [InlineData("pipe", Ending.OutputForbidden)]
    [InlineData("program-runner", Ending.Completed)]
    [InlineData("searcher", Ending.Completed)]
    [InlineData("sparse", Ending.OutputTooLarge)]
    [InlineData("symlink-folder", Ending.OutputForbidden)]
    [InlineData("volume-filler", Ending.Completed)]
    [InlineData("well-behaved", Ending.Completed)]
    [InlineData("well-behaved-folder", Ending.Completed)]
    [InlineData("writer", Ending.Completed)]
    public async Task Run_Participant_IsHeldToo(string name, Ending ending)
    {
        var workspace = Workspace.Open(podman.Fixture.NewPath("workspace"));

        var result = await podman.Fixture.RunAsync(workspace, Participant.Named(name));

        Assert.True(ending == result.Ending, $"{result.Ending}: {result.EndingDetail}\n{Log(workspace, result)}");
        Assert.StartsWith("Podman Engine ", result.Machine.Engine, StringComparison.Ordinal);
        await podman.Fixture.AssertNothingLeftAsync(workspace);
    }

    [Theory]
    [InlineData("names of users in a device")]
    [InlineData("volume behind a link")]
    [InlineData("second name of a device")]
    [InlineData("second name of nothing")]
    [InlineData("shell that is a link to itself")]
    public Task Accept_HostileImage_IsRejectedAsOnAnyEngine(string name) => HostileImageTests.RejectAsync(podman.Fixture, name);

    [Fact]
    public async Task Run_ThatAsksForAGpu_IsRefusedInsteadOfRunWithoutOne()
    {
        var workspace = Workspace.Open(podman.Fixture.NewPath("workspace"));
        var submission = podman.Fixture.Submission(Participant.Named("well-behaved")) with { NeedsGpu = true };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => podman.Fixture.RunAsync(workspace, submission, EngineFixture.Challenge));

        Assert.Contains("Run it on Docker Engine", fault.Message, StringComparison.Ordinal);
    }

    private static string Log(Workspace workspace, CaseResult result) =>
        File.ReadAllText(Path.Combine(workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "container.log"));
}
