using Touchstone.Harness.Checks;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Checks;

public sealed class CheckPhaseTests
{
    [Theory]
    [InlineData(false, LogPolicy.Open)]
    [InlineData(true, LogPolicy.Private)]
    public void PhaseThatIsNamed_DecidesWhatIsShown(bool isNamed, LogPolicy shown)
    {
        var request = new CheckRequest
        {
            Image = "mine.tar",
            Draft = new SubmissionDraft { Team = "check", Name = "check", Challenge = "check" },
            Challenge = ChallengeRules.FindForContainers("touchstone-1.0").In("test"),
            ChallengeName = "touchstone-1.0",
            IsPhaseNamed = isNamed,
        };

        Assert.Equal(shown, request.Shown.Logs);
        Assert.Equal(LogPolicy.Open, request.Opened.Logs);
        Assert.Equal(request.Challenge.Phase.Name, request.Shown.Phase.Name);
    }

    [Fact]
    public void PhaseThatThereIsNot_IsToldBeforeAnythingRuns()
    {
        var run = CommandRun.Touchstone("check", "team/image:1", "--challenge", "touchstone-1.0", "--phase", "final");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("final", run.Error, StringComparison.Ordinal);
        Assert.Contains("validation", run.Error, StringComparison.Ordinal);
    }
}
