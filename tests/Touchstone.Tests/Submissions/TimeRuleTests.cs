using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Submissions;

public sealed class TimeRuleTests
{
    [Theory]
    [InlineData(1.5, 300, 400)]
    [InlineData(5, 100, 450)]
    [InlineData(0.8, 1000, 750)]
    [InlineData(2.5, 24, 10)]
    [InlineData(2.5, 25, 12.5)]
    [InlineData(1, 40, 10)]
    public void For_Scan_IsASecondPerMillimetreLessFifty(double spacingMm, int slices, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), BodyMapsAllowance.For(spacingMm, slices));

    [Theory]
    [InlineData(2, 10, false)]
    [InlineData(3, 10, true)]
    [InlineData(1, 5, false)]
    [InlineData(1, 4, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    public void IsSpent_MoreThanAFifth_EndsTheEntry(int exceeded, int cases, bool isSpent) =>
        Assert.Equal(isSpent, BodyMapsAllowance.IsSpent(exceeded, cases));

    [Fact]
    public void ReadBuiltIn_BodyMaps_UsesItsPublishedAllowanceAndIsPrivate()
    {
        var challenge = ChallengeFile.ReadBuiltIn("bodymaps-2024");

        Assert.Equal((TimeRule.BodyMaps, LogPolicy.Private, false), (challenge.TimeRule, challenge.Logs, challenge.AllowsRoot));
    }

    [Fact]
    public void Parse_EveryRule_IsRead()
    {
        var challenge = Parse("logs: open\nroot: allowed\nlimits: { wall-seconds: 7, grace-seconds: 0.5 }");

        Assert.Equal((TimeRule.Fixed, LogPolicy.Open, true), (challenge.TimeRule, challenge.Logs, challenge.AllowsRoot));
        Assert.Equal(TimeSpan.FromSeconds(7), challenge.Limits.WallTime);
        Assert.Equal(TimeSpan.FromSeconds(0.5), challenge.Limits.GraceTime);
    }

    [Fact]
    public void Parse_WordsThatAreNoRules_AreListedWithTheirLines()
    {
        var fault = Assert.Throws<MistakesException>(
            () => Parse("logs: secret\nroot: yes\nlimits:\n  time-rule: generous\n  grace-seconds: 0"));

        Assert.Equal([6, 7, 9, 10], fault.Mistakes.Select(mistake => mistake.Line));
    }

    [Fact]
    public void Parse_FixedSecondsBesideTheAllowance_IsAMistake()
    {
        var fault = Assert.Throws<MistakesException>(() => Parse("limits:\n  time-rule: bodymaps\n  wall-seconds: 900"));

        Assert.Equal([8], fault.Mistakes.Select(mistake => mistake.Line));
    }

    private static Challenge Parse(string more) => ChallengeFile.Parse(
        "mine", "mine.yaml", $"title: T\ndescription: D\nlabels: l\nstructures: [liver]\ndatasets: [d]\n{more}\n");
}
