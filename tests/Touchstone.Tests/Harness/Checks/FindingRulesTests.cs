using Touchstone.Harness.Checks;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Checks;

public sealed class FindingRulesTests
{
    [Fact]
    public void Judge_GoodImage_HasNothingToDo()
    {
        var findings = FindingRules.Judge(SomeCheck.Facts);

        Assert.All(findings, finding => Assert.Equal((FindingLevel.Ok, null), (finding.Level, finding.ToDo)));
        Assert.Equal(
            ["image", "contract", "start-up", "time", "memory", "geometry", "labels", "scores", "determinism"],
            findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData(Ending.TimedOut, "time")]
    [InlineData(Ending.OutOfMemory, "memory")]
    [InlineData(Ending.Crashed, "crash")]
    [InlineData(Ending.OutputMissing, "output")]
    [InlineData(Ending.OutputUnreadable, "output")]
    [InlineData(Ending.OutputWrongGrid, "geometry")]
    [InlineData(Ending.OutputNotLabels, "labels")]
    [InlineData(Ending.OutputTooLarge, "output")]
    [InlineData(Ending.OutputForbidden, "output")]
    public void Judge_CaseThatFailed_FailsWithItsCodeAndAdvice(Ending ending, string code)
    {
        var facts = SomeCheck.Facts with { Cases = [SomeCheck.Case("a"), SomeCheck.Failed("b", ending, "What the sandbox says.")] };

        var finding = Assert.Single(FindingRules.Judge(facts), finding => finding.Level == FindingLevel.Fail);

        Assert.Equal((code, "b"), (finding.Code, finding.Case));
        Assert.Contains("What the sandbox says.", finding.What, StringComparison.Ordinal);
        Assert.NotNull(finding.ToDo);
    }

    [Theory]
    [InlineData(47.9, FindingLevel.Ok)]
    [InlineData(48.0, FindingLevel.Warning)]
    public void Judge_TimeNearTheLimit_Warns(double seconds, FindingLevel level) => Assert.Equal(
        level, Level("time", SomeCheck.Facts with { Cases = [SomeCheck.Case("a") with { Seconds = seconds, LimitSeconds = 60 }] }));

    [Theory]
    [InlineData(899, FindingLevel.Ok)]
    [InlineData(900, FindingLevel.Warning)]
    [InlineData(null, FindingLevel.Warning)]
    public void Judge_MemoryNearTheLimitOrUnknown_Warns(int? peak, FindingLevel level) => Assert.Equal(
        level,
        Level("memory", SomeCheck.Facts with { Cases = [SomeCheck.Case("a") with { PeakMemoryBytes = peak, LimitPeakBytes = 1000 }] }));

    [Theory]
    [InlineData(Sameness.Identical, null, FindingLevel.Ok)]
    [InlineData(Sameness.SameContent, null, FindingLevel.Ok)]
    [InlineData(Sameness.Different, 0.9995, FindingLevel.Warning)]
    [InlineData(Sameness.Different, 0.998, FindingLevel.Fail)]
    [InlineData(Sameness.Different, null, FindingLevel.Fail)]
    [InlineData(Sameness.NotComparable, null, FindingLevel.Fail)]
    public void Judge_SecondRun_FailsWhenItDiffersByMoreThanRounding(Sameness sameness, double? dsc, FindingLevel level) => Assert.Equal(
        level,
        Level("determinism", SomeCheck.Facts with
        {
            Repeat = new CheckedRepeat("a", sameness, Ending.Crashed, 1, dsc, dsc is null ? null : "liver"),
        }));

    [Fact]
    public void Judge_UnknownLabels_Fails() => Assert.Equal(FindingLevel.Fail, Level("labels", SomeCheck.Facts with
    {
        Cases = [SomeCheck.Case("a") with { UnknownLabels = [new UnknownLabel(99, 5)] }],
    }));

    [Fact]
    public void Judge_EmptyPredictions_Fails() => Assert.Equal(
        FindingLevel.Fail, Level("labels", SomeCheck.Facts with { Cases = [WithVoxels(0)] }));

    [Fact]
    public void Judge_StructureNeverFound_Warns()
    {
        var one = SomeCheck.Case("a");
        var facts = SomeCheck.Facts with
        {
            Cases = [one with { Structures = [one.Structures[0], one.Structures[1] with { PredictionVoxels = 0 }] }],
        };

        var finding = Assert.Single(FindingRules.Judge(facts), finding => finding.Code == "labels");

        Assert.Equal(FindingLevel.Warning, finding.Level);
        Assert.Contains("spleen", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ScoresCollapseOnOneCase_WarnsOfItsAxes()
    {
        var facts = SomeCheck.Facts with { Cases = [SomeCheck.Case("a", "RAS", 0.8), SomeCheck.Case("b", "LPS", 0.1)] };

        var finding = Assert.Single(FindingRules.Judge(facts), finding => finding is { Code: "scores", Level: FindingLevel.Warning });

        Assert.Equal("b", finding.Case);
        Assert.Contains("LPS", finding.ToDo, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NoReference_SaysThatNothingIsScored()
    {
        var one = SomeCheck.Case("a");
        var bare = one with
        {
            HasReference = false,
            Structures = [.. one.Structures.Select(part => part with { ReferenceVoxels = null, Dsc = null, Nsd = null })],
        };

        Assert.Equal(FindingLevel.Ok, Level("scores", SomeCheck.Facts with { Cases = [bare] }));
    }

    public static TheoryData<string> BadStarts => ["bash", "shell", "entry"];

    [Theory]
    [MemberData(nameof(BadStarts))]
    public void Judge_ImageThatCannotBeStarted_Fails(string missing)
    {
        var start = SomeCheck.Start with { HasBash = missing != "bash", HasShell = missing != "shell", HasEntry = missing != "entry" };

        Assert.Equal(FindingLevel.Fail, Level("contract", SomeCheck.Facts with { Start = start, Cases = [] }));
        Assert.False(start.IsGood);
    }

    private static CheckedCase WithVoxels(long voxels) => SomeCheck.Case("a") with
    {
        Structures = [.. SomeCheck.Case("a").Structures.Select(part => part with { PredictionVoxels = voxels })],
    };

    private static FindingLevel Level(string code, CheckFacts facts) =>
        Assert.Single(FindingRules.Judge(facts), finding => finding.Code == code).Level;
}
