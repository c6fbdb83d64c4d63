using System.Text;
using Touchstone.Harness;
using Touchstone.Leaderboard;
using Touchstone.Submissions.Names;

namespace Touchstone.Tests.Submissions;

public sealed class PlainTextTests
{
    /// <summary>Why names are composed by tables of our own; when this fails, .NET does it and the tables can go.</summary>
    [Fact]
    public void Normalize_UnderInvariantGlobalization_ComposesNothing() => Assert.Equal("e\u0301", "e\u0301".Normalize());

    /// <summary>Expected by the Unicode Character Database: Latin, Greek, Kana, Hangul, order of marks, exclusions, singletons.</summary>
    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("A\u030A", "\u00C5")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u2126", "\u03A9")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307")]
    [InlineData("\u03B1\u0301", "\u03AC")]
    [InlineData("\u30AB\u3099", "\u30AC")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uD558\u11AB", "\uD55C")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uF900", "\u8C48")]
    [InlineData("a\u0315\u0300\u05AE\u0062", "\u00E0\u05AE\u0315b")]
    [InlineData("\u00E9", "\u00E9")]
    public void Fold_Text_IsComposed(string text, string expected) => Assert.Equal(expected, PlainText.Fold(text));

    [Fact]
    public void IsUnseen_AnySign_IsTheSameForNamesTablesAndLogs()
    {
        Rune[] all = [.. Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(number => new Rune(number))];

        Assert.Equal(all.Where(PlainText.IsUnseen), all.Where(UnseenSign.Is));
        Assert.Equal(all.Where(PlainText.IsUnseen), all.Where(sign => !LogText.IsVisible(sign)));
    }

    [Fact]
    public void Fault_HalfASurrogatePair_IsRefused()
    {
        foreach (var text in new[] { "\uD800x", "x\uDC00", "x\uD800" })
        {
            Assert.Contains("U+D", PlainText.Fault("name", PlainText.Fold(text), 60), StringComparison.Ordinal);
        }
    }
}
