using System.Runtime.Versioning;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>Every container of <c>tests/participants</c>, run for real as production runs it.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
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

        var result = await fixture.RunAsync(workspace, participant);

        Assert.True(participant.Ending == result.Ending, $"{result.Ending}: {result.EndingDetail}\n{Log(workspace, result)}");
        Assert.Equal(["spleen", "liver"], result.Scores.Select(score => score.Structure));
        Assert.All(result.Scores, score => Assert.Equal(participant.Ending == Ending.Completed ? 1.0 : null, score.Dsc));
        Assert.True(new FileInfo(LogPath(workspace, result)).Length <= 64 << 10);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath(workspace, result)));
        Assert.DoesNotContain("secret", result.EndingDetail, StringComparison.Ordinal);
        Assert.DoesNotContain(Log(workspace, result), sign => char.IsControl(sign) && sign is not ('\n' or '\t'));
        await fixture.AssertNothingLeftAsync(workspace);
    }

    [Fact]
    public async Task Run_PastTheLimit_IsAskedToStopBeforeItIsKilled()
    {
        var workspace = Workspace.Open(fixture.NewPath("workspace"));

        var result = await fixture.RunAsync(workspace, Participant.Named("late-writer"));

        Assert.Equal(Ending.TimedOut, result.Ending);
        Assert.Equal("asked to stop\n", Log(workspace, result));
        Assert.Empty(result.Outputs);
    }

    [Fact]
    public async Task Run_Rememberer_FindsNothingOfAnEarlierCase()
    {
        var workspace = Workspace.Open(fixture.NewPath("workspace"));
        var participant = Participant.Named("rememberer");

        var first = await fixture.RunAsync(workspace, participant, "secret_0001");
        var second = await fixture.RunAsync(workspace, participant, "secret_0002");

        Assert.Equal((Ending.Completed, Ending.Completed), (first.Ending, second.Ending));
    }

    private static string Log(Workspace workspace, CaseResult result) => File.ReadAllText(LogPath(workspace, result));

    private static string LogPath(Workspace workspace, CaseResult result) =>
        Path.Combine(workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "container.log");
}
