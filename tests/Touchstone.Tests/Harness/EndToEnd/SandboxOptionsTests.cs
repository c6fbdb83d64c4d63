using System.Text.Json.Nodes;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>What <c>touchstone run</c> tells about the sandbox: the profile in force, and a case again with docker alone.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class SandboxOptionsTests(EngineFixture fixture)
{
    // What the docker client says differently of one and the same container, or leaves to the engine.
    private static readonly string[] NotCompared =
    [
        "Binds", "CgroupParent", "ConsoleSize", "ContainerIDFile", "Mounts", "Annotations",
        "Labels", "AttachStdout", "AttachStderr",
        "MaskedPaths", "ReadonlyPaths", // the client has no option for these and sends the engine's own
    ];

    [Fact]
    public void ShowSandbox_InGeneral_IsTheWrittenProfile()
    {
        Golden.Check("show-sandbox.txt", CommandRun.Touchstone("run", "--show-sandbox").Succeeded().Output);
        Golden.Check("show-sandbox.json", CommandRun.Touchstone("run", "--show-sandbox", "--json").Succeeded().Output);
    }

    [Fact]
    public void ShowSandbox_OfASubmission_ShowsItsChallengesLimitsAndItsImagesWishes()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(["well-behaved"], cases: 1);

        var settings = JsonNode.Parse(contest.Touchstone("run", "well-behaved", "--show-sandbox", "--json").Succeeded().Output)!.AsArray()
            .ToDictionary(setting => (string)setting!["setting"]!, setting => (string)setting!["value"]!);

        Assert.Equal(fixture.Image.Digest.Value, settings["Image"]);
        Assert.Equal("(taken away)", settings["Env LD_PRELOAD"]);
        Assert.Equal($"{52L << 20} (52 MiB)", settings["Memory"]);
        Assert.Contains("noexec", settings["Tmpfs /data"], StringComparison.Ordinal);
        Assert.StartsWith("20 s, then SIGTERM", settings["Time limit"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("well-behaved", "")]
    [InlineData("well-behaved-folder", "/segmentations")]
    public void Replay_PrintedScriptInAShell_LeavesTheSameMasksAsTheHarness(string participant, string below)
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make([participant], cases: 1);
        contest.Touchstone("run").Succeeded();
        var result = ResultFile.ReadAll(contest.Workspace).Single();

        var printed = contest.Touchstone("run", participant, "--replay", "case1", "--print-only").Succeeded().Output;
        var script = folder.Write("replay.sh", printed);
        var run = CommandRun.Of("/bin/sh", script, folder.File("phantom", "case1", "ct.nii.gz"), folder.File("masks")).Succeeded();

        Assert.Empty(run.Output);
        Assert.DoesNotContain(folder.Path, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("case1", printed, StringComparison.Ordinal);
        Assert.All(result.Outputs, output => Assert.Equal(
            output.Sha256, TestImage.Hash(File.ReadAllBytes(folder.File("masks", output.Path)))));
        Assert.Equal(below.Length > 0 ? 2 : 1, result.Outputs.Count);
        AssertNothingLeft();
    }

    [Fact]
    public void Replay_Run_TellsExitCodeAndHashesAndCountsForNothing()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(["well-behaved", "crasher"], cases: 1);

        var good = contest.Touchstone("run", "well-behaved", "--replay", "phantom/case1").Succeeded();
        var bad = contest.Touchstone("run", "crasher", "--replay", "case1");

        Assert.Contains("exited with code 0", good.Error, StringComparison.Ordinal);
        Assert.Matches("[0-9a-f]{64}  .*nii.gz", good.Error);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("exited with code 3", bad.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(contest.Workspace.RunsPath));
        AssertNothingLeft();
    }

    [Fact]
    public void Replay_AtTheTimeLimit_StopsTheContainer()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(
            ["sigterm-ignorer"], cases: 1, rules => rules.Replace("wall-seconds: 20", "wall-seconds: 1", StringComparison.Ordinal));

        var run = contest.Touchstone("run", "sigterm-ignorer", "--replay", "case1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Stopped at the time limit", run.Error, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("--replay", "case1")]
    [InlineData("well-behaved", "--replay", "case9")]
    [InlineData("no-such", "--show-sandbox")]
    public void Options_ThatDoNotFit_AreWrongUse(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(["well-behaved"], cases: 1);

        Assert.Equal(2, contest.Touchstone(["run", .. arguments]).ExitCode);
    }

    /// <summary>The engine itself says whether the client's container and the harness's are the same.</summary>
    [Fact]
    public async Task Replay_ContainerThatTheClientMakes_IsTheOneThatTheHarnessMakes()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(["well-behaved"], cases: 1);
        var printed = contest.Touchstone("run", "well-behaved", "--replay", "case1", "--print-only").Succeeded().Output;
        var script = folder.Write("replay.sh", printed.Replace(
            "docker start \"$run\"", "docker inspect \"$run\"; exit 0; docker start \"$run\"", StringComparison.Ordinal));
        var theirs = JsonNode.Parse(CommandRun.Of(
            "/bin/sh", script, folder.File("phantom", "case1", "ct.nii.gz"), folder.File("masks")).Succeeded().Output)![0]!;
        var ours = JsonNode.Parse(await InspectOursAsync(contest))![0]!;

        Assert.Equal(Text(ours["Config"]!, NotCompared), Text(theirs["Config"]!, NotCompared));
        Assert.Equal(Text(ours["HostConfig"]!, NotCompared), Text(theirs["HostConfig"]!, NotCompared));
        Assert.Equal(Mounts(ours), Mounts(theirs));
    }

    private async Task<string> InspectOursAsync(TinyContest contest)
    {
        var challenge = ChallengeRules.Read(contest.Workspace, "tiny");
        var image = await CaseSandbox.FindImageAsync(fixture.Engine, fixture.Submission(Participant.Named("well-behaved")));
        var limits = CaseSandbox.Effective(await fixture.Engine.InfoAsync(), challenge.Limits);
        var run = SandboxRun.Of("ours", "tests", fixture.Submission(Participant.Named("well-behaved")), limits, image, inputBytes: 1);
        var id = await fixture.Engine.CreateContainerAsync(SandboxProfile.Case(run));
        try
        {
            return CommandRun.Of("docker", "inspect", id).Succeeded().Output;
        }
        finally
        {
            await fixture.Engine.RemoveContainerAsync(id);
            await fixture.Engine.RemoveVolumeAsync(run.InputsVolume);
            await fixture.Engine.RemoveVolumeAsync(run.OutputsVolume);
        }
    }

    /// <summary>Null, empty and zero mean the same to the engine.</summary>
    private static string Text(JsonNode settings, params string[] except) => string.Join('\n', settings.AsObject()
        .Where(setting => !except.Contains(setting.Key))
        .Select(setting => $"{setting.Key}: {(setting.Key == "Env" ? Sorted(setting.Value!) : setting.Value?.ToJsonString() ?? "null")}")
        .Where(line => !line.EndsWith(": null", StringComparison.Ordinal) && !line.EndsWith(": []", StringComparison.Ordinal)
            && !line.EndsWith(": {}", StringComparison.Ordinal) && !line.EndsWith(": [\"\"]", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal));

    /// <summary>The engine keeps variables in the order in which it happens to merge them.</summary>
    private static string Sorted(JsonNode variables) =>
        string.Join(' ', variables.AsArray().Select(variable => (string)variable!).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Mounts(JsonNode container) => container["Mounts"]!.AsArray()
        .Select(mount => $"{mount!["Destination"]} {mount["Type"]} {mount["RW"]}").Order(StringComparer.Ordinal);

    private static void AssertNothingLeft()
    {
        Assert.Empty(CommandRun.Of("docker", "ps", "-aq", "--filter", "name=touchstone-replay-").Succeeded().Output);
        Assert.Empty(CommandRun.Of("docker", "volume", "ls", "-q", "--filter", "name=touchstone-replay-").Succeeded().Output);
    }
}
