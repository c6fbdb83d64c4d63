using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class BatchRulesTests
{
    [Fact]
    public void Share_IsAnEqualPart() => Assert.Equal(Seconds(4), BatchRules.Share(Seconds(12), 3));

    [Fact]
    public void Finished_ContainerThatCrashed_NeverIncludesTheLastWritten() =>
        Assert.Equal([true, false, false], BatchRules.Finished([Seconds(1), Seconds(2), null]));

    [Fact]
    public void Deadline_GrowsWithEveryFinishedCase() =>
        Assert.Equal((Seconds(60), Seconds(180)), (BatchRules.Deadline(Seconds(60), 0), BatchRules.Deadline(Seconds(60), 2)));

    [Theory]
    [InlineData(0, true, true, Ending.Completed)]
    [InlineData(0, false, false, Ending.OutputMissing)]
    [InlineData(1, true, true, Ending.Completed)]
    [InlineData(1, true, false, Ending.Crashed)]
    [InlineData(1, false, false, Ending.Crashed)]
    [InlineData(null, true, true, Ending.Completed)]
    [InlineData(null, true, false, Ending.TimedOut)]
    public void Judge_CaseOfABatch_CostsOnlyWhatIsNotFinished(int? exitCode, bool hasOutput, bool isFinished, Ending ending) =>
        Assert.Equal(ending, Judge(exitCode, Output(hasOutput), isFinished));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Judge_ForbiddenOutputAnywhere_IsNoCompletedCase(int exitCode) => Assert.NotEqual(
        Ending.Completed, Judge(exitCode, Output(true) with { Forbidden = "a symbolic link" }, isFinished: true));

    [Fact]
    public void Judge_FullOutput_IsNoCompletedCase() =>
        Assert.Equal(Ending.OutputTooLarge, Judge(1, Output(true) with { IsFull = true }, isFinished: true));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static CollectedOutput Output(bool hasOne) =>
        new(hasOne ? [new OutputFile("case_1.nii.gz", 1, "a")] : [], 0, null, IsFull: false);

    private static Ending Judge(int? exitCode, CollectedOutput output, bool isFinished)
    {
        var one = new StagedCase("ct.nii.gz", "case_1", "folder");
        var job = new SandboxJob
        {
            Submission = new Submission
            {
                Id = "s",
                Team = "t",
                Name = "n",
                Challenge = "c",
                Image = ImageDigest.Parse($"sha256:{new string('1', 64)}"),
                Source = "x.tar",
                Layout = SubmissionLayout.Flat,
                ReceivedAt = DateTimeOffset.UnixEpoch,
            },
            Limits = new SandboxLimits(),
            Cases = [one, one with { Pseudonym = "case_2" }],
            Structures = ["liver"],
            LogPath = "log",
        };
        return BatchRules.Judge(new ContainerEnd(exitCode, false, Seconds(1)), output, job, one, isFinished).Ending;
    }
}
