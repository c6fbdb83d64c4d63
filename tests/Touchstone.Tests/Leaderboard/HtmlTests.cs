using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("&lt;b&gt;")]
    [InlineData("</td></table>")]
    [InlineData("`+alert(1)+`")]
    public void Of_HoleFromOutside_IsEncodedInTextAndInAttributes(string text)
    {
        var html = Html.Of($"<p title=\"{text}\">{text}</p>").ToString();

        var paragraph = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("p")!;
        Assert.Equal(text, paragraph.TextContent);
        Assert.Equal(text, paragraph.GetAttribute("title"));
        Assert.Single(paragraph.Attributes);
        Assert.Empty(paragraph.Children);
    }

    [Fact]
    public void Of_HoleOfHtml_IsNotEncodedTwice()
    {
        var inner = Html.Of($"<b>{"<"}</b>");

        Assert.Equal("<i><b>&lt;</b><b>&lt;</b></i>", Html.Of($"<i>{inner}{new[] { inner }}</i>").ToString());
    }

    [Fact]
    public void Of_LettersOfAnyScript_StayReadable() =>
        Assert.Equal("<p>Université 北京 Łódź</p>", Html.Of($"<p>{"Université 北京 Łódź"}</p>").ToString());

    [Fact]
    public void Of_Numbers_AreWrittenWithoutCulture() =>
        Assert.Equal("1234567 0.5 -3", Html.Of($"{1234567} {0.5} {-3}").ToString());

    [Fact]
    public void Default_Html_IsNothing() => Assert.Equal("", default(Html).ToString());
}
