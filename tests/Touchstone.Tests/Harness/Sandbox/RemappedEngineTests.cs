using System.Runtime.Versioning;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.Images;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>A second Docker Engine with user-namespace remapping, in a network namespace of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class RemappedEngine : IAsyncLifetime
{
    private SpareEngine _engine = null!;

    public EngineFixture Fixture => _engine.Fixture;

    public async Task InitializeAsync() => _engine = await SpareEngine.StartAsync("unshare", folder =>
    [
        "--net", "dockerd", "--userns-remap=default", "--host", $"unix://{folder}/socket", "--data-root", $"{folder}/data",
        "--exec-root", $"{folder}/run", "--pidfile", $"{folder}/pid", "--bridge=none", "--iptables=false", "--ip-masq=false",
    ]);

    public async Task DisposeAsync() => await _engine.DisposeAsync();
}

/// <summary>The sandbox on an engine that remaps users, where alone an image may run as root.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
[SupportedOSPlatform("linux")]
public sealed class RemappedEngineTests(EngineFixture plain, RemappedEngine remapped) : IClassFixture<RemappedEngine>
{
    private static readonly Challenge WithRoot = EngineFixture.Challenge with { AllowsRoot = true };

    [Theory]
    [InlineData("daemon")]
    [InlineData("device")]
    [InlineData("far-dates")]
    [InlineData("fork-bomb")]
    [InlineData("identity")]
    [InlineData("kernel-toucher")]
    [InlineData("memory-bomb")]
    [InlineData("namespace-maker")]
    [InlineData("oom-adjuster")]
    [InlineData("output-filler")]
    [InlineData("permission-changer")]
    [InlineData("pipe")]
    [InlineData("program-runner")]
    [InlineData("searcher")]
    [InlineData("sigterm-ignorer")]
    [InlineData("symlink")]
    [InlineData("system-reader")]
    [InlineData("volume-filler")]
    [InlineData("well-behaved")]
    [InlineData("well-behaved-folder")]
    [InlineData("writer")]
    public async Task Run_Participant_EndsAsOnAnyEngine(string name)
    {
        var workspace = Workspace.Open(remapped.Fixture.NewPath("workspace"));
        var participant = Participant.Named(name);

        var result = await remapped.Fixture.RunAsync(workspace, participant);

        Assert.True(participant.Ending == result.Ending, $"{result.Ending}: {result.EndingDetail}");
        await remapped.Fixture.AssertNothingLeftAsync(workspace);
    }

    [Theory]
    [InlineData("names of users in a device")]
    [InlineData("volume behind a link")]
    [InlineData("second name of a device")]
    [InlineData("second name of nothing")]
    [InlineData("shell that is a link to itself")]
    public Task Accept_HostileImage_IsRejectedAsOnAnyEngine(string name) => HostileImageTests.RejectAsync(remapped.Fixture, name);

    [Fact]
    public async Task Run_AsRoot_IsRootWithoutItsRightsAndSaysSoInItsResult()
    {
        var workspace = Workspace.Open(remapped.Fixture.NewPath("workspace"));

        var result = await remapped.Fixture.RunAsync(workspace, AsRoot(remapped.Fixture), WithRoot);

        Assert.True(result.Ending == Ending.Completed, $"{result.Ending}: {result.EndingDetail}");
        Assert.True(result.Limits.AsRoot);
        var file = File.ReadAllText(workspace.ResultPath("root-user", "phantom", "secret_0001"));
        Assert.Contains("\"asRoot\": true", file, StringComparison.Ordinal);
        await remapped.Fixture.AssertNothingLeftAsync(workspace);
    }

    [Fact]
    public async Task Run_AsRootWhereTheChallengeForbidsIt_IsRefused()
    {
        var workspace = Workspace.Open(remapped.Fixture.NewPath("workspace"));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => remapped.Fixture.RunAsync(workspace, AsRoot(remapped.Fixture), EngineFixture.Challenge));

        Assert.Contains("refuses", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AsRootOnAnEngineThatDoesNotRemapUsers_IsRefused()
    {
        var workspace = Workspace.Open(plain.NewPath("workspace"));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => plain.RunAsync(workspace, AsRoot(plain), WithRoot));

        Assert.Contains("--userns-remap", fault.Message, StringComparison.Ordinal);
        Assert.Empty(ResultFile.ReadAll(workspace));
    }

    private static Submission AsRoot(EngineFixture fixture)
    {
        var participant = Participant.Named("root-user");
        return fixture.Submission(participant) with { NeedsRoot = true, Command = [.. participant.Command, "as-root"] };
    }
}
