using System.Runtime.Versioning;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>Every container of <c>tests/participants</c>, run for real as production runs it.</summary>
[Trait("Category", "Engine")]
[Collection("engine")]
[SupportedOSPlatform("linux")]
public sealed class ParticipantTests(EngineFixture fixture)
{
    public static TheoryData<string> Participants => [.. Participant.All.Select(participant => participant.Name)];

    [Theory]
    [MemberData(nameof(Participants))]
    public async Task Run_Participant_EndsAsItsScriptSays(string name)
    {
        var participant = Participant.Named(name);
        var workspace = Workspace.Open(fixture.NewPath("workspace"));

        var result = await RunAsync(workspace, participant);

        Assert.True(participant.Ending == result.Ending, $"{result.Ending}: {result.EndingDetail}\n{Log(workspace, result)}");
        Assert.Equal(["spleen", "liver"], result.Scores.Select(score => score.Structure));
        Assert.All(result.Scores, score => Assert.Equal(participant.Ending == Ending.Completed ? 1.0 : null, score.Dsc));
        Assert.True(new FileInfo(LogPath(workspace, result)).Length <= 64 << 10);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath(workspace, result)));
        Assert.DoesNotContain("secret", result.EndingDetail, StringComparison.Ordinal);
        Assert.DoesNotContain(Log(workspace, result), sign => char.IsControl(sign) && sign is not ('\n' or '\t'));
        await AssertNothingLeftAsync(workspace);
    }

    [Fact]
    public async Task Run_Rememberer_FindsNothingOfAnEarlierCase()
    {
        var workspace = Workspace.Open(fixture.NewPath("workspace"));
        var participant = Participant.Named("rememberer");

        var first = await RunAsync(workspace, participant, "secret_0001");
        var second = await RunAsync(workspace, participant, "secret_0002");

        Assert.Equal((Ending.Completed, Ending.Completed), (first.Ending, second.Ending));
    }

    private async Task<CaseResult> RunAsync(Workspace workspace, Participant participant, string caseId = "secret_0001")
    {
        var plan = PlannedCase.Of(fixture.Submission(participant), EngineFixture.Challenge, [fixture.NewCase(caseId)]);
        var loop = new RunLoop(workspace, fixture.Engine, new RunSettings { ManifestSha256 = new string('a', 64), RetryDelays = [] });
        List<RunEvent> events = [];

        await loop.RunAsync(plan, events.Add);

        var finished = events.OfType<RunEvent.CaseFinished>().SingleOrDefault()
            ?? throw new InvalidOperationException(events.OfType<RunEvent.CaseAbandoned>().Single().Reason);
        return finished.Result;
    }

    private async Task AssertNothingLeftAsync(Workspace workspace)
    {
        var label = $"touchstone.workspace={workspace.Id}";
        Assert.Empty(await fixture.Engine.ListContainersAsync(label));
        Assert.Empty(await fixture.Engine.ListVolumesAsync(label));
    }

    private static string Log(Workspace workspace, CaseResult result) => File.ReadAllText(LogPath(workspace, result));

    private static string LogPath(Workspace workspace, CaseResult result) =>
        Path.Combine(workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "container.log");
}
