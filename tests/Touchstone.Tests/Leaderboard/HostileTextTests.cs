using Touchstone.Leaderboard;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Names of earlier builds, which nobody held to anything, in what programs read.</summary>
public sealed class HostileTextTests
{
    [Theory]
    [InlineData("\uFF1Dcmd|' /C calc'!A0")]
    [InlineData("\uFF0B1")]
    [InlineData("\uFF0D1")]
    [InlineData("\uFF20SUM(1)")]
    [InlineData("\uFE661")]
    [InlineData("\uFE62" + "1")]
    [InlineData("\uFE631")]
    [InlineData("\uFE6BSUM")]
    [InlineData("\u22121")]
    [InlineData("\u200B=1")]
    [InlineData("\uFEFF=1")]
    [InlineData("\u202E\u200D@SUM")]
    [InlineData(" =1")]
    [InlineData("\u00A0\u3000+1")]
    [InlineData("\uFE0F=1")]
    public void Csv_FormulaInAnyWidthBehindWhatNobodySees_IsText(string text) =>
        Assert.StartsWith("'", Csv.Text(writer => new Csv(writer, "h").Add(text).EndRow()).Split('\n')[1].Trim('"'), StringComparison.Ordinal);

    [Theory]
    [InlineData("a=b")]
    [InlineData("7 + 1")]
    [InlineData("É-quipe")]
    public void Csv_OrdinaryText_StaysAsItIs(string text) =>
        Assert.Equal(text, Csv.Text(writer => new Csv(writer, "h").Add(text).EndRow()).Split('\n')[1]);

    [Theory]
    [InlineData("Team\u2028Alpha", "Team Alpha")]
    [InlineData("Team\u2029Alpha", "Team Alpha")]
    [InlineData("Team\u0085Alpha", "Team Alpha")]
    [InlineData("Team\u200B\u202E Alpha\uE000\u0378", "Team Alpha")]
    [InlineData("50 % {é}", "50 \\% \\{é\\}")]
    public void Latex_SignsThatBreakIt_AreBlanksOrGone(string text, string expected) => Assert.Equal(expected, LatexTable.Escape(text));
}
