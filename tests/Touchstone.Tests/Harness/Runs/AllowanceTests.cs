using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>The time rule of BodyMaps in a run: every case its own limit, and the end of an entry that exceeds too many.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class AllowanceTests(EngineFixture fixture)
{
    private static readonly Challenge BodyMaps = EngineFixture.Challenge with
    {
        Phases = [EngineFixture.Challenge.Phase with { TimeRule = TimeRule.BodyMaps }],
    };

    private readonly Workspace _workspace = Workspace.Open(fixture.NewPath("workspace"));
    private readonly List<RunEvent> _events = [];

    [Fact]
    public void For_Case_IsFromItsOwnHeader()
    {
        var item = fixture.NewCase("tall");
        var geometry = new Geometry(new Grid(2, 2, 70, new Spacing(1, 1, 2.5)), Affine.Scaling(new Spacing(1, 1, 2.5), (0, 0, 0)));
        NiftiWriter.Write(item.CtPath, geometry, new short[geometry.Grid.VoxelCount]);

        Assert.Equal(TimeSpan.FromSeconds(125), CaseLimits.For(BodyMaps, item).WallTime);
        Assert.Equal(EngineFixture.Challenge.Limits, CaseLimits.For(EngineFixture.Challenge, item));
    }

    [Fact]
    public async Task Run_CtThatIsNoVolume_IsTheDatasetsFault()
    {
        var item = fixture.NewCase("broken");
        await File.WriteAllTextAsync(item.CtPath, "no volume");

        var summary = await RunAsync([item]);

        Assert.Equal(new RunSummary(0, 0, 1), summary);
        Assert.Contains("broken", _events.OfType<RunEvent.CaseAbandoned>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MoreThanAFifthExceeded_WithholdsTheRestInThisRunAndTheNext()
    {
        DatasetCase[] cases = [.. Enumerable.Range(1, 5).Select(number => fixture.NewCase($"case{number}"))];
        await RunAsync(cases[..3]);
        Exceed("case1");
        var whileOne = await RunAsync([.. cases[..4], cases[4]]);
        Exceed("case2");
        File.Delete(Path(_workspace, "case5"));

        var afterTwo = await RunAsync(cases);
        var again = await RunAsync(cases);

        Assert.Equal(new RunSummary(2, 3, 0), whileOne);
        Assert.Equal(new RunSummary(0, 4, 0) { Withheld = 1 }, afterTwo);
        Assert.Equal(afterTwo, again);
        Assert.Contains("2 of 5 cases", _events.OfType<RunEvent.CaseWithheld>().First().Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(Path(_workspace, "case5")));
    }

    /// <summary>Puts a result that was killed at its limit in place of one that was not.</summary>
    private void Exceed(string caseId)
    {
        var result = ResultFile.Read(Path(_workspace, caseId)) with { Ending = Ending.TimedOut, ExitCode = null, Scores = [] };
        File.Delete(Path(_workspace, caseId));
        ResultFile.Write(_workspace, result);
    }

    private static string Path(Workspace workspace, string caseId) => workspace.ResultPath("well-behaved", "phantom", caseId);

    private Task<RunSummary> RunAsync(DatasetCase[] cases)
    {
        var plan = PlannedCase.Of(fixture.Submission(Participant.Named("well-behaved")), BodyMaps, cases);
        var settings = new RunSettings { ManifestSha256 = new string('a', 64), RetryDelays = [] };
        return new RunLoop(_workspace, fixture.Engine, settings).RunAsync(plan, _events.Add);
    }
}
