using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Submissions;

public sealed class PhaseTests
{
    private static readonly DateTimeOffset Noon = new(2027, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_NoPhases_HasTheOneCalledTest()
    {
        var challenge = Parse("datasets: [here]\nlogs: open");

        var phase = Assert.Single(challenge.Phases);
        Assert.Equal((ChallengePhase.Test, LogPolicy.Open, true), (phase.Name, phase.Logs, phase.ShowsBoard));
        Assert.Equal(["here"], challenge.Datasets);
        Assert.Equal(phase, challenge.In(null).Phase);
    }

    [Fact]
    public void Parse_EveryKeyOfAPhase_IsRead()
    {
        var phase = Assert.Single(Parse("""
            phases:
              validation:
                datasets: [a, b]
                logs: open
                opens: 2027-01-01T00:00Z
                closes: 2027-01-31T12:00:30Z
                quota:
                  valid: { day: 1, week: 3, phase: 10 }
                  attempts: { day: 5 }
                board: hidden
                embargo: until 2027-03-01T00:00Z
                limits: { wall-seconds: 7, image-mb: 5 }
            """).Phases);

        Assert.Equal(("validation", LogPolicy.Open, false), (phase.Name, phase.Logs, phase.ShowsBoard));
        Assert.Equal(["a", "b"], phase.Datasets);
        Assert.Equal((new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), Noon.AddSeconds(30)), (phase.Opens, phase.Closes));
        Assert.Equal(new QuotaBounds { PerDay = 1, PerWeek = 3, PerPhase = 10 }, phase.Quota.Valid);
        Assert.Equal(new QuotaBounds { PerDay = 5 }, phase.Quota.Attempts);
        Assert.Equal(new Embargo(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero)), phase.Embargo);
        Assert.Equal((TimeSpan.FromSeconds(7), 5L << 20), (phase.Limits.WallTime, phase.ImageBytes));
    }

    [Fact]
    public void Parse_KeysAtTheTop_HoldForPhasesThatDoNotSayOtherwise()
    {
        var challenge = Parse("""
            datasets: [common]
            logs: open
            embargo: until-released
            limits: { wall-seconds: 100, memory-mb: 64 }
            phases:
              debug:
              test:
                datasets: [own]
                logs: private
                embargo: none
                limits: { wall-seconds: 200 }
            """);

        var (debug, test) = (challenge.In("debug"), challenge.In("test"));
        Assert.Equal((LogPolicy.Open, new Embargo(null)), (debug.Logs, debug.Phase.Embargo));
        Assert.Equal((LogPolicy.Private, null), (test.Logs, test.Phase.Embargo));
        Assert.Equal(["common", "own"], debug.Datasets.Concat(test.Datasets));
        Assert.Equal((100.0, 64L << 20), (debug.Limits.WallTime.TotalSeconds, debug.Limits.MemoryBytes));
        Assert.Equal((200.0, 64L << 20), (test.Limits.WallTime.TotalSeconds, test.Limits.MemoryBytes));
    }

    [Theory]
    [InlineData("{ debug: { datasets: [a] }, test: { datasets: [b] } }", "test")]
    [InlineData("{ only: { datasets: [a] } }", "only")]
    [InlineData("{ one: { datasets: [a] }, two: { datasets: [b] } }", null)]
    public void In_NoName_IsTheOnlyPhaseOrTest(string phases, string? expected)
    {
        var challenge = Parse($"phases: {phases}");

        if (expected is null)
        {
            var fault = Assert.Throws<SubmissionException>(() => challenge.In(null));
            Assert.Equal((SubmissionFault.UnknownPhase, "mine has several phases: name one of one, two."), (fault.Fault, fault.Message));
        }
        else
        {
            Assert.Equal(expected, challenge.In(null).Phase.Name);
            Assert.Equal(expected, challenge.Phase.Name);
        }
    }

    [Fact]
    public void In_UnknownName_NamesTheKnownOnes()
    {
        var fault = Assert.Throws<SubmissionException>(() => ChallengeFile.ReadBuiltIn("demo").In("final"));

        Assert.Equal((SubmissionFault.UnknownPhase, "demo has no phase \"final\". Known: debug, test."), (fault.Fault, fault.Message));
    }

    [Fact]
    public void Parse_MistakesInPhases_AreAllListedWithTheirLines()
    {
        var fault = Assert.Throws<MistakesException>(() => Parse("""
            phase: open
            team-size: 0
            baselines: some
            phases:
              Final Round:
                datasets: [a, a]
                logs: secret
                opens: 2027-01-31
                quota:
                  valid: { day: 0, month: 3 }
                  failed: 1
              closed:
                opens: 2027-01-31T12:00Z
                closes: 2027-01-31T12:00Z
                embargo: for ever
              late: { datasets: [], embargo: until Monday, board: "no", limits: { cpus: 0 } }
            """));

        int[] lines = [5, 6, 7, 9, 10, 11, 12, 14, 14, 15, 17, 18, 19, 20, 20, 20, 20];
        Assert.Equal(lines, fault.Mistakes.Select(mistake => mistake.Line));
        Assert.Contains("write \"logs: open\"", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phases: {}", "at least one phase")]
    [InlineData("phases: [test]", "must be a group")]
    [InlineData("phases: { debug: }", "needs \"datasets\"")]
    [InlineData("phases: { debug: [a] }", "must be a group")]
    public void Parse_NoUsablePhase_IsAMistake(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<MistakesException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", true, "x")]
    [InlineData("baselines: yes", true, "x")]
    [InlineData("baselines: no", false, "x")]
    [InlineData("baselines: [x, y]", true, "x")]
    [InlineData("baselines: [y]", false, "x")]
    public void Parse_Baselines_SayWhichAreShown(string text, bool isShown, string id) =>
        Assert.Equal(isShown, Parse($"datasets: [a]\n{text}").Baselines.Shows(id));

    [Fact]
    public void RequireOpen_BeforeAndAfter_IsRefused()
    {
        var phase = new ChallengePhase { Name = "p", Datasets = [], Opens = Noon, Closes = Noon.AddDays(1) };

        phase.RequireOpen(Noon);
        phase.RequireOpen(Noon.AddDays(1).AddTicks(-1));
        var early = Assert.Throws<SubmissionException>(() => phase.RequireOpen(Noon.AddTicks(-1)));
        var late = Assert.Throws<SubmissionException>(() => phase.RequireOpen(Noon.AddDays(1)));
        Assert.EndsWith("it opens 2027-01-31 12:00 UTC.", early.Message, StringComparison.Ordinal);
        Assert.EndsWith("it closed 2027-02-01 12:00 UTC.", late.Message, StringComparison.Ordinal);
        Assert.Equal(SubmissionFault.PhaseNotOpen, late.Fault);
    }

    [Theory]
    [InlineData(true, null, false, true)]
    [InlineData(false, null, true, false)]
    [InlineData(true, -1, false, true)]
    [InlineData(true, 0, false, true)]
    [InlineData(true, 1, false, false)]
    [InlineData(true, 1, true, true)]
    public void IsPublic_Embargo_HoldsUntilItsEndOrTheRelease(bool shows, int? hoursLeft, bool isReleased, bool expected)
    {
        var embargo = hoursLeft is { } hours ? new Embargo(Noon.AddHours(hours)) : null;
        var phase = new ChallengePhase { Name = "p", Datasets = [], ShowsBoard = shows, Embargo = embargo };

        Assert.Equal(expected, phase.IsPublic(Noon, isReleased));
        Assert.Equal(shows && isReleased, (phase with { Embargo = new Embargo(null) }).IsPublic(Noon, isReleased));
    }

    private static Challenge Parse(string more) => ChallengeFile.Parse(
        "mine", "mine.yaml", $"title: T\ndescription: D\nlabels: l\nstructures: [liver]\n{more}\n");
}
