using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Tests.Leaderboard.Transfer;

public sealed class TransferPageTests
{
    private static readonly TransferReport Report = TransferReportMaker.Make(SomeStudy.Outline(), SomeStudy.Results());

    private static readonly IReadOnlyList<SiteFile> Files = TransferPage.Build(Report, new BuildInfo(Some.Now, "0.1.0+test"));

    private static IHtmlDocument Page => new HtmlParser().ParseDocument(Files.Single(file => file.Path == "index.html").Text);

    [Fact]
    public void Build_Page_HasTablesLinksAndIdsInOrder()
    {
        var paths = Files.Select(file => file.Path).ToHashSet();
        foreach (var table in Page.QuerySelectorAll<IHtmlTableElement>("table"))
        {
            Assert.False(string.IsNullOrWhiteSpace(table.Caption?.TextContent));
            Assert.All(table.QuerySelectorAll("thead th"), head => Assert.Equal("col", head.GetAttribute("scope")));
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(table.QuerySelectorAll("thead th").Length, row.ChildElementCount));
        }

        Assert.All(Page.QuerySelectorAll("a[href], link[href]").Select(link => link.GetAttribute("href")!), target =>
            Assert.True(target.StartsWith('#') ? Page.GetElementById(target[1..]) is not null : paths.Contains(target), target));
        var ids = Page.QuerySelectorAll("[id]").Select(element => element.Id).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Page.QuerySelectorAll("[aria-labelledby]"), element => Assert.NotNull(Page.GetElementById(element.GetAttribute("aria-labelledby")!)));
        Assert.All(Page.Scripts, script => Assert.True(script.Type == "application/json" || script.Text.Length == 0));
        Assert.Empty(Page.QuerySelectorAll("style, iframe, form, [style]"));
    }

    [Fact]
    public void Build_NothingDrawn_ShowsTheNumbersOfFigures()
    {
        Assert.Equal(TransferFigures.Of(Report).Count, Page.QuerySelectorAll("figure details[open] table").Length);
        Assert.Empty(Page.QuerySelectorAll("img"));
    }

    [Fact]
    public void Build_HostileNames_StayText()
    {
        var hostile = Report.Study with { Title = "<img src=x onerror=alert(1)>", Description = "\"><script>alert(2)</script>" };
        var page = new HtmlParser().ParseDocument(
            TransferPage.Build(Report with { Study = hostile }, new BuildInfo(Some.Now, "test")).Single(file => file.Path == "index.html").Text);

        Assert.Empty(page.QuerySelectorAll("script:not([src$='tables.js']), img, [onerror]"));
    }

    [Fact]
    public void Figures_MadeUpStudy_AreOfEveryKindDescribedAndWithinTheirLimits()
    {
        var figures = TransferFigures.Of(Report);

        Assert.Equal(
            ["data-net", "data-swin", "annotation-organs-net", "annotation-organs-swin", "annotation-vessels-net", "annotation-vessels-swin",
                "convergence-organs-net", "convergence-organs-swin", "convergence-vessels-net", "few-shot-organs-net", "few-shot-organs-swin",
                "few-shot-vessels-net", "few-shot-vessels-swin"],
            figures.Select(figure => figure.Name));
        Assert.All(figures, figure =>
        {
            Assert.True(figure.Alt.Length > 20 && figure.Note.Length > 20, figure.Name);
            Assert.NotEmpty(figure.Table.Rows);
            Assert.All(figure.Table.Rows, row => Assert.Equal(figure.Table.Columns.Count, row.Count));
            AssertInside(figure);
        });
    }

    private static void AssertInside(Figure figure)
    {
        var option = JsonNode.Parse(figure.Option)!;
        foreach (var (axis, place) in new[] { ("xAxis", 0), ("yAxis", 1) })
        {
            if (option[axis]!["min"] is not { } low || option[axis]!["max"] is not { } high)
            {
                continue;
            }

            foreach (var value in option["series"]!.AsArray().SelectMany(series => series!["data"]!.AsArray())
                .Select(item => item!["value"]).OfType<JsonNode>())
            {
                var number = value is JsonArray list ? (double)list[place]! : (double)value;
                Assert.True(number >= (double)low && number <= (double)high, $"{figure.Name}: {number} beyond {low} to {high}");
            }
        }
    }
}
