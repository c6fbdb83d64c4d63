using System.Text.Json.Nodes;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>What participants are told of their cases, by phase.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class FeedbackTests(EngineFixture fixture)
{
    private static readonly string[] Members =
        ["case", "ending", "detail", "exitCode", "limitSeconds", "limitMemoryBytes", "limitOutputBytes", "log", "hint"];

    [Fact]
    public void Feedback_InAPrivatePhase_HoldsNothingThatTheContainerWrote()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(["chatterbox", "wrong-grid"], cases: 1);
        contest.Touchstone("run").Succeeded();

        var chatter = Only(contest, "chatterbox");
        var grid = Only(contest, "wrong-grid");

        Assert.Equal(Members, chatter.Select(member => member.Key));
        Assert.Equal(("crashed", "Exited with code 42.", 42), ((string?)chatter["ending"], (string?)chatter["detail"], (int)chatter["exitCode"]!));
        Assert.Null(chatter["log"]);
        Assert.Equal("The prediction has another shape than the CT.", (string?)grid["detail"]);
        Assert.DoesNotContain("case1", Text(contest), StringComparison.Ordinal);
    }

    [Fact]
    public void Feedback_InAnOpenPhase_HasTheReasonAndTheCleanedEndOfTheLog()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(
            ["chatterbox", "wrong-grid", "log-flooder"], cases: 1, rules => $"logs: open\n{rules}");
        contest.Touchstone("run").Succeeded();

        var log = (string)Only(contest, "chatterbox")["log"]!;

        Assert.Equal("red alert\nthe patient is called Smith\n", log);
        Assert.Contains("11×10×8", (string)Only(contest, "wrong-grid")["detail"]!, StringComparison.Ordinal);
        Assert.InRange(((string)Only(contest, "log-flooder")["log"]!).Length, 8 << 10, 16 << 10);
        Assert.Contains("    red alert", Text(contest), StringComparison.Ordinal);
    }

    [Fact]
    public void Feedback_TwoPhasesOfOneChallenge_FollowsThePhaseOfTheEntry()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make(["chatterbox"], cases: 1, rules => rules.Replace(
            "datasets: [phantom]", "datasets: [phantom]\nphases: { debug: { logs: open }, test: }", StringComparison.Ordinal));
        var debug = SubmissionFile.Find(contest.Workspace, "chatterbox")! with { Id = "chatterbox-debug", Phase = "debug" };
        SubmissionFile.Write(contest.Workspace, debug);
        contest.Touchstone("run").Succeeded();

        Assert.Null(Only(contest, "chatterbox")["log"]);
        Assert.NotNull(Only(contest, debug.Id)["log"]);
        Assert.Equal(
            [(debug.Id, "debug"), ("chatterbox", null)],
            ResultFile.ReadAll(contest.Workspace).Select(result => (result.Entry.Id, result.Entry.Phase))
                .OrderBy(one => one.Phase is null));
        Assert.All(ResultFile.ReadAll(contest.Workspace), result => Assert.Equal(64, result.Reference!.Sha256.Length));
    }

    [Fact]
    public void Feedback_OfNobody_IsWrongUse()
    {
        using var folder = new TemporaryFolder();
        var contest = new TinyContest(fixture, folder.Path).Make([], cases: 1);

        Assert.Equal(2, CommandRun.Touchstone("feedback", "nobody", "--workspace", contest.WorkspacePath).ExitCode);
    }

    private static string Text(TinyContest contest) =>
        CommandRun.Touchstone("feedback", "chatterbox", "--workspace", contest.WorkspacePath).Succeeded().Output;

    private static JsonObject Only(TinyContest contest, string submission) => JsonNode.Parse(CommandRun.Touchstone(
        "feedback", submission, "--json", "--workspace", contest.WorkspacePath).Succeeded().Output)!.AsArray().Single()!.AsObject();
}
