using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>Several cases in one container, and what is timed beside them, with the real engine.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class BatchTests(EngineFixture fixture)
{
    private const string Each = "cd /workspace; for f in inputs/*; do name=$(basename $f); ";

    private readonly Workspace _workspace = Workspace.Open(fixture.NewPath("workspace"));
    private readonly List<RunEvent> _events = [];

    [Fact]
    public async Task Run_GoodBatch_ScoresEveryCaseAndDividesTheTime()
    {
        var results = await RunAsync($"{Each} sleep 0.5; cp masks/truth.nii.gz outputs/$name; done; sleep 0.6", cases: 5, perBatch: 3);

        Assert.Equal(5, results.Count);
        Assert.All(results, result => Assert.Equal(Ending.Completed, result.Ending));
        Assert.All(results, result => Assert.All(result.Scores, score => Assert.Equal(1.0, score.Dsc)));
        Assert.Equal([3, 3, 3, 2, 2], results.Select(result => result.Timing.BatchCases!.Value));
        Assert.All(results, result => Assert.Equal("batch", result.Timing.Protocol));
        // An equal part of all of it.
        Assert.All(results, result => Assert.InRange(result.Timing.RunSeconds, 0.5, 2));
        Assert.InRange(results.Take(3).Sum(result => result.Timing.RunSeconds), 2.1, 4);
        await fixture.AssertNothingLeftAsync(_workspace);
    }

    [Fact]
    public async Task Run_MasksMovedIntoPlaceAtTheEnd_GainsNoCaseATime()
    {
        var results = await RunAsync(
            $"mkdir outputs/t; {Each} sleep 0.5; cp masks/truth.nii.gz outputs/t/$name; done; mv outputs/t/* outputs/; rm -r outputs/t", cases: 3, perBatch: 3);

        Assert.All(results, result => Assert.Equal(Ending.Completed, result.Ending));
        Assert.All(results, result => Assert.InRange(result.Timing.RunSeconds, 0.5, 1.5));
        Assert.Single(results.Select(result => result.Timing.RunSeconds).Distinct());
    }

    [Fact]
    public async Task Run_FolderLayout_ScoresEveryCase()
    {
        const string script = Each + "mkdir -p outputs/$name/segmentations; "
            + "for s in liver spleen; do cp masks/$s.nii.gz outputs/$name/segmentations/; done; done";

        var results = await RunAsync(script, cases: 2, perBatch: 2, layout: SubmissionLayout.Folder);

        Assert.All(results, result => Assert.Equal((Ending.Completed, 2), (result.Ending, result.Outputs.Count)));
    }

    [Fact]
    public async Task Run_CrashInABatch_CostsOnlyCasesWithoutCompleteOutput()
    {
        const string script = Each + "n=$((n+1)); [ $n = 3 ] && { head -c 20 masks/truth.nii.gz > outputs/$name; exit 3; }; "
            + "cp masks/truth.nii.gz outputs/$name; sleep 0.4; done";

        var results = await RunAsync(script, cases: 4, perBatch: 4);

        Assert.Equal(2, results.Count(result => result.Ending == Ending.Completed));
        Assert.Equal(2, results.Count(result => result is { Ending: Ending.Crashed, ExitCode: 3, Outputs.Count: 0 }));
        Assert.All(results, result => Assert.Equal(
            result.Ending == Ending.Completed, Directory.EnumerateFiles(PredictionFolder(result), "*", SearchOption.AllDirectories).Any()));
    }

    [Fact]
    public async Task Run_HangInABatch_IsKilledAfterOneMoreLimitAndKeepsWhatWasFinished()
    {
        const string script = Each + "n=$((n+1)); [ $n = 3 ] && sleep 1000; cp masks/truth.nii.gz outputs/$name; sleep 0.4; done";
        var begin = DateTime.UtcNow;

        var results = await RunAsync(script, cases: 4, perBatch: 4);

        // The second may still have been in writing when it was killed: nobody outside can know.
        Assert.Equal(1, results.Count(result => result.Ending == Ending.Completed));
        Assert.Equal(3, results.Count(result => result is { Ending: Ending.TimedOut, ExitCode: null }));
        Assert.InRange((DateTime.UtcNow - begin).TotalSeconds, 9, 30); // three limits of three seconds, not four cases' worth
    }

    [Fact]
    public async Task Run_LinkAmongTheOutputs_IsForbiddenForTheWholeBatch()
    {
        var results = await RunAsync(
            $"{Each} cp masks/truth.nii.gz outputs/$name; done; ln -s /etc/passwd outputs/link", cases: 2, perBatch: 2);

        Assert.All(results, result => Assert.Equal(Ending.OutputForbidden, result.Ending));
    }

    /// <summary>What makes the engine answer 500, or break off, when it is asked about an output.</summary>
    [Theory]
    [InlineData("far date", "busybox touch -d @253402300800 outputs/$name", 0)]
    [InlineData("date before all others", "busybox touch -d @-9999999999999 outputs/$name", 0)]
    [InlineData("far date of one that stays no file", "mkdir outputs/x$name; busybox touch -d @253402300800 outputs/x$name", 0)]
    public async Task Run_OutputThatTheEngineCannotTellOf_IsScoredAsAnyOther(string what, string then, int exitCode)
    {
        var results = await RunAsync($"{Each} cp masks/truth.nii.gz outputs/$name; {then}; sleep 0.4; done", cases: 2, perBatch: 2);

        Assert.True(results.Count == 2, $"{what}: {string.Join(' ', _events.OfType<RunEvent.CaseAbandoned>().Select(one => one.Reason))}");
        Assert.All(results, result => Assert.Equal((Ending.Completed, exitCode), (result.Ending, result.ExitCode)));
    }

    [Theory]
    [InlineData("ln -s $name outputs/$name")] // a loop
    [InlineData("ln -s /proc/1/root/../.. outputs/$name")]
    [InlineData("ln -s segmentations outputs/segmentations; ln -s segmentations outputs/$name")]
    [InlineData("mkfifo outputs/$name")]
    public async Task Run_FolderThatTheEngineCannotFollow_IsForbiddenAndNobodyElsesFault(string make)
    {
        var results = await RunAsync($"{Each} {make}; sleep 0.4; done", cases: 2, perBatch: 2, layout: SubmissionLayout.Folder);

        Assert.True(results.Count == 2, string.Join(' ', _events.OfType<RunEvent.CaseAbandoned>().Select(one => one.Reason)));
        Assert.All(results, result => Assert.Equal(Ending.OutputForbidden, result.Ending));
    }

    [Fact]
    public async Task Run_FileWhereAFolderBelongs_IsAMissingOutputAndNobodyElsesFault()
    {
        var results = await RunAsync(
            $"{Each} : > outputs/$name; sleep 0.4; done", cases: 2, perBatch: 2, layout: SubmissionLayout.Folder);

        Assert.True(results.Count == 2, string.Join(' ', _events.OfType<RunEvent.CaseAbandoned>().Select(one => one.Reason)));
        Assert.All(results, result => Assert.Equal(Ending.OutputMissing, result.Ending));
    }

    [Fact]
    public async Task Run_CtOfABatchMissing_LeavesThatCaseOutAndRunsTheOthers()
    {
        var bad = fixture.NewCase("bad") with { CtPath = fixture.NewPath("ct.nii.gz") };

        var results = await RunAsync(
            $"{Each} cp masks/truth.nii.gz outputs/$name; done", [fixture.NewCase("a"), bad, fixture.NewCase("b")], perBatch: 3);

        Assert.Equal(["a", "b"], results.Select(result => result.Case.Case).Order());
        Assert.Equal("bad", _events.OfType<RunEvent.CaseAbandoned>().Single().Planned.Case.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_WithWarmUp_RunsTheFirstCaseOnceMoreUnscored(int perBatch)
    {
        var results = await RunAsync(
            $"{Each} sleep 0.3; cp masks/truth.nii.gz outputs/$name; done",
            [fixture.NewCase("a"), fixture.NewCase("b")],
            perBatch,
            warmUp: true);

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.InRange(result.Timing.WarmUpSeconds!.Value, 0.25, 3)); // one case, also before a batch
        Assert.False(Directory.Exists(Path.Combine(_workspace.Root, "warm-up")));
        await fixture.AssertNothingLeftAsync(_workspace);
    }

    [Fact]
    public async Task Repeat_CasesWithResults_GivesTimesAndComparesPredictions()
    {
        const string script = Each + "sleep 0.2; cp masks/truth.nii.gz outputs/$name; done";
        DatasetCase[] cases = [fixture.NewCase("a"), fixture.NewCase("b")];
        var before = await RunAsync(script, cases, perBatch: 1);

        var summaries = await RepeatAsync(script, cases, runs: 3);
        var again = await RepeatAsync(script, cases, runs: 3);

        Assert.All(summaries, one => Assert.Equal((3, true, Sameness.Identical), (one.Runs, one.SameEnding, one.Predictions!.Value)));
        Assert.All(summaries, one => Assert.InRange(one.LeastSeconds, 0.15, one.MedianSeconds));
        Assert.All(summaries, one => Assert.InRange(one.MostSeconds, one.MedianSeconds, 3));
        Assert.Equal(4, _events.OfType<RunEvent.CaseRepeated>().Count()); // nothing is run that has its runs
        Assert.Equal(summaries, again);
        Assert.Equal(
            before.Select(result => ResultJson.Write(result)),
            ResultFile.ReadAll(_workspace).OrderBy(result => result.Case.Case).Select(result => ResultJson.Write(result)));
        await fixture.AssertNothingLeftAsync(_workspace);
    }

    private string PredictionFolder(CaseResult result) =>
        Path.Combine(_workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "prediction");

    private Submission Submission(string script, SubmissionLayout layout = SubmissionLayout.Flat) =>
        fixture.Submission(Participant.Named("well-behaved")) with { Command = ["/bin/sh", "-c", script], Layout = layout };

    private Task<List<CaseResult>> RunAsync(string script, int cases, int perBatch, SubmissionLayout layout = SubmissionLayout.Flat) =>
        RunAsync(script, [.. Enumerable.Range(1, cases).Select(number => fixture.NewCase($"case{number}"))], perBatch, layout);

    private async Task<List<CaseResult>> RunAsync(
        string script, DatasetCase[] cases, int perBatch, SubmissionLayout layout = SubmissionLayout.Flat, bool warmUp = false)
    {
        var timing = new TimingRules
        {
            Protocol = perBatch > 1 ? TimingProtocol.Batch : TimingProtocol.PerCase,
            BatchCases = perBatch,
            WarmUp = warmUp,
        };
        var plan = PlannedCase.Of(Submission(script, layout), EngineFixture.Challenge with { Timing = timing }, cases);
        await new RunLoop(_workspace, fixture.Engine, Settings).RunAsync(plan, _events.Add);
        return [.. _events.OfType<RunEvent.CaseFinished>().Select(finished => finished.Result)];
    }

    private Task<IReadOnlyList<RepeatSummary>> RepeatAsync(string script, DatasetCase[] cases, int runs) =>
        new RepeatLoop(_workspace, fixture.Engine, Settings).RunAsync(
            PlannedCase.Of(Submission(script), EngineFixture.Challenge, cases), runs, _events.Add);

    private static RunSettings Settings => new() { ManifestSha256 = new string('a', 64), RetryDelays = [] };
}
