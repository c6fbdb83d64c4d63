using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness;

/// <summary>One participant's container run as production runs it, on the engine of a fixture.</summary>
internal static class ParticipantRun
{
    public static Task<CaseResult> RunAsync(
        this EngineFixture fixture, Workspace workspace, Participant participant, string caseId = "secret_0001") =>
        fixture.RunAsync(workspace, fixture.Submission(participant), EngineFixture.Challenge, caseId);

    public static async Task<CaseResult> RunAsync(
        this EngineFixture fixture, Workspace workspace, Submission submission, Challenge challenge, string caseId = "secret_0001")
    {
        var plan = PlannedCase.Of(submission, challenge, [fixture.NewCase(caseId)]);
        var loop = new RunLoop(workspace, fixture.Engine, new RunSettings { ManifestSha256 = new string('a', 64), RetryDelays = [] });
        List<RunEvent> events = [];

        await loop.RunAsync(plan, events.Add);

        var finished = events.OfType<RunEvent.CaseFinished>().SingleOrDefault()
            ?? throw new InvalidOperationException(events.OfType<RunEvent.CaseAbandoned>().Single().Reason);
        return finished.Result;
    }

    public static async Task AssertNothingLeftAsync(this EngineFixture fixture, Workspace workspace)
    {
        var label = $"touchstone.workspace={workspace.Id}";
        Assert.Empty(await fixture.Engine.ListContainersAsync(label));
        Assert.Empty(await fixture.Engine.ListVolumesAsync(label));
    }
}
