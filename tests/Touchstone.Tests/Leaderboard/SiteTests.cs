using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

public sealed class SiteTests
{
    private static readonly BuildInfo Info = new(Some.Now, "0.1.0+test");

    private static readonly Lazy<IReadOnlyList<SiteFile>> Whole = new(() => StaticSite.Build([Board()], Info));

    private static IEnumerable<(string Path, IHtmlDocument Page)> Pages => Whole.Value
        .Where(file => file.Path.EndsWith(".html", StringComparison.Ordinal))
        .Select(file => (file.Path, new HtmlParser().ParseDocument(file.Text)));

    [Fact]
    public void Build_SampleContest_HasAPagePerDatasetStructureAndSubmission()
    {
        var paths = Whole.Value.Select(file => file.Path).ToArray();

        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Equal(paths.Distinct(), paths);
        string[] expected =
        [
            "index.html", "methods.html", "pairwise.html", "style.css", "icon.svg", "dataset/north.html",
            "dataset/open.html", "structure/gall_bladder.html", "submission/s-aurora.html", "submission/b-atlas.html",
            "data/standings.json", "data/standings.csv", "data/scores.csv", "data/cases.csv", "data/results.json",
        ];
        Assert.All(expected, path => Assert.Contains(path, paths));
    }

    [Fact]
    public void Build_Twice_GivesTheSameBytes()
    {
        var again = StaticSite.Build([Board()], Info);

        Assert.Equal(
            Whole.Value.Select(file => (file.Path, file.Text)), again.Select(file => (file.Path, file.Text)));
    }

    [Fact]
    public void Pages_EveryTable_HasACaptionScopedHeadersAndFullRows()
    {
        var tables = Pages.SelectMany(page => page.Page.QuerySelectorAll<IHtmlTableElement>("table")).ToArray();

        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            Assert.False(string.IsNullOrWhiteSpace(table.Caption?.TextContent));
            Assert.All(table.QuerySelectorAll("thead th"), head => Assert.Equal("col", head.GetAttribute("scope")));
            Assert.All(table.QuerySelectorAll("tbody tr"), row =>
            {
                Assert.Equal("row", Assert.Single(row.QuerySelectorAll("th")).GetAttribute("scope"));
                Assert.Equal(table.QuerySelectorAll("thead th").Length, row.ChildElementCount);
            });
            Assert.All(table.QuerySelectorAll("td"), cell =>
                Assert.False(string.IsNullOrEmpty(cell.GetAttribute("data-label"))));
        }
    }

    [Fact]
    public void Pages_EveryLink_IsRelativeAndLeadsToAFile()
    {
        var paths = Whole.Value.Select(file => file.Path).ToHashSet();
        foreach (var (path, page) in Pages)
        {
            foreach (var target in page.QuerySelectorAll("a[href], link[href]")
                .Select(link => link.GetAttribute("href")!))
            {
                if (target.StartsWith('#'))
                {
                    Assert.NotNull(page.GetElementById(target[1..]));
                    continue;
                }

                var resolved = new Uri(new Uri("http://site.test/" + path), target);
                Assert.Equal("site.test", resolved.Host);
                Assert.False(target.StartsWith('/'));
                Assert.Contains(resolved.AbsolutePath[1..], paths);
            }
        }
    }

    [Fact]
    public void Pages_Everywhere_HoldNoScriptAndLoadNothingFromElsewhere()
    {
        foreach (var (_, page) in Pages)
        {
            Assert.Empty(page.QuerySelectorAll("style, iframe, object, embed, form, base"));
            Assert.All(page.Scripts, script => Assert.True(
                script.Type == "application/json" || (script.Source is { Length: > 0 } && script.Text.Length == 0)));
            Assert.All(page.All.SelectMany(element => element.Attributes), attribute =>
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
                Assert.NotEqual("style", attribute.Name);
                Assert.DoesNotContain("//", attribute.Value, StringComparison.Ordinal);
            });
            var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("url(", Text("style.css"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("monday-1", "?edition=monday-1")]
    public void Pages_OfASiteAmongEditions_AskForItsOwnDrawings(string? edition, string ending)
    {
        var board = Board();
        var svgs = StaticSite.Figures([board]).SelectMany(one => new[] { FigureFiles.Path(one.Figure.Name), FigureFiles.Path(one.Figure.Name, isDark: true) });
        var drawings = new Drawings { Svgs = svgs.ToDictionary(path => path, _ => "<svg/>"), Library = null };
        var around = edition is null ? null : new Surroundings("../", "../team", edition);
        var files = StaticSite.Build([board], Info, drawings, around: around);

        var addresses = files.Where(file => file.Path.EndsWith(".html", StringComparison.Ordinal))
            .SelectMany(file => new HtmlParser().ParseDocument(file.Text).All)
            .SelectMany(element => element.Attributes)
            .Where(attribute => attribute.Name is "src" or "srcset" or "href" && attribute.Value.Contains("figures/", StringComparison.Ordinal))
            .Select(attribute => attribute.Value.Replace("../", "", StringComparison.Ordinal));

        // The page's own podium is of words; the figure is for papers.
        var expected = drawings.Svgs.Keys.Where(path => !path.Contains("podium", StringComparison.Ordinal)).Select(path => path + ending);
        Assert.Equal(expected.ToHashSet(), addresses.ToHashSet());
    }

    [Fact]
    public void Pages_Everywhere_CanBeReadByAScreenReader()
    {
        foreach (var (_, page) in Pages)
        {
            var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToArray();
            Assert.Equal(ids.Distinct(), ids);
            Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
            Assert.False(string.IsNullOrWhiteSpace(page.Title));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Single(page.QuerySelectorAll("main"));
            Assert.Equal("#content", page.QuerySelector("body > a")!.GetAttribute("href"));
            Assert.All(page.QuerySelectorAll("svg"), drawing => Assert.True(
                drawing.GetAttribute("aria-hidden") == "true"
                || (drawing.GetAttribute("role") == "img"
                    && !string.IsNullOrWhiteSpace(drawing.GetAttribute("aria-label")))));
            Assert.All(page.QuerySelectorAll("[aria-labelledby]"), element =>
                Assert.NotNull(page.GetElementById(element.GetAttribute("aria-labelledby")!)));
        }
    }

    [Fact]
    public void Files_HiddenDatasets_GoByPseudonymsWithoutVolumes()
    {
        var hidden = Some.Contest().Datasets
            .Where(dataset => !dataset.IsPublic).SelectMany(dataset => dataset.Cases).ToArray();

        foreach (var file in Whole.Value)
        {
            Assert.All(hidden, one => Assert.DoesNotContain(one.Id, file.Text, StringComparison.Ordinal));
        }

        Assert.Contains("OPEN_0003", Text("submission/s-aurora.html"), StringComparison.Ordinal);
        Assert.Contains(hidden[0].Pseudonym, Text("submission/s-aurora.html"), StringComparison.Ordinal);
        var scores = Text("data/scores.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        Assert.All(scores.Where(line => line.Contains(",north,", StringComparison.Ordinal)), line =>
            Assert.EndsWith(",,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_HostileNames_StayText()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1) with
        {
            Title = "<img src=x onerror=alert(1)>",
            Description = "\"><script>alert(2)</script>",
        };
        var (dataset, one) = (contest.Datasets[0], contest.Datasets[0].Cases[0]);
        var result = Some.Result(
            Some.Entry("a", "\"><svg onload=alert(3)>", "</title><script>alert(4)</script>"),
            dataset, one, Ending.Crashed,
            [Some.Score("aorta", null)]) with
        { EndingDetail = "<iframe src=//evil.test>" };

        var pages = StaticSite.Build([new Board(contest, [result], new RankingOptions { Resamples = 10 })], Info)
            .Where(file => file.Path.EndsWith(".html", StringComparison.Ordinal))
            .Select(file => new HtmlParser().ParseDocument(file.Text));

        foreach (var page in pages)
        {
            Assert.Empty(page.QuerySelectorAll("script:not([src$='tables.js']), img, iframe, [onload], [onerror]"));
        }
    }

    [Fact]
    public void Board_IdThatIsNoFileName_Throws()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var one = contest.Datasets[0].Cases[0];
        var result = Some.Result(contest, "../../etc", contest.Datasets[0], one, 0.5);

        Assert.Throws<ArgumentException>(() => new Board(contest, [result]));
    }

    [Fact]
    public void Build_SeveralContests_HaveAFolderEachAndAPageThatListsThem()
    {
        var first = Some.Contest(casesEach: 1, structures: 1);
        var second = first with { Id = "second", Title = "Second challenge" };
        var options = new RankingOptions { Resamples = 10 };

        var files = StaticSite.Build([new Board(first, [], options), new Board(second, [], options)], Info);

        var index = new HtmlParser().ParseDocument(files.Single(file => file.Path == "index.html").Text);
        Assert.Equal(
            ["abdomen/index.html", "second/index.html"],
            index.QuerySelectorAll("td a, th a").Select(link => link.GetAttribute("href")));
        var nested = new HtmlParser().ParseDocument(files.Single(file => file.Path == "second/dataset/open.html").Text);
        Assert.Equal("../../style.css", nested.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"));
        Assert.Throws<ArgumentException>(() => StaticSite.Build([new Board(first, []), new Board(first, [])], Info));
    }

    [Fact]
    public void Build_NoContestsOrNoResults_StillGivesAReadableSite()
    {
        var none = StaticSite.Build([], Info);
        var empty = StaticSite.Build([new Board(Some.Contest(), [])], Info);

        Assert.Contains(none, file => file.Path == "index.html");
        var index = empty.Single(file => file.Path == "index.html").Text;
        Assert.Contains("nothing to show yet", index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("submission/b.html")]
    [InlineData("dataset/north.html")]
    [InlineData("structure/gall_bladder.html")]
    [InlineData("data/entries.csv")]
    [InlineData("data/scores.csv")]
    public void Build_SmallContest_IsAsTheGoldenFile(string path)
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);
        var all = contest.Datasets.SelectMany(dataset => dataset.Cases, (dataset, one) => (dataset, one)).ToArray();
        List<CaseResult> results =
        [
            .. all.Select((one, i) => Some.Result(contest, "a", one.dataset, one.one, 0.95 - 0.02 * i)),
            .. all.Skip(1).Select((one, i) => Some.Result(
                contest, "b", one.dataset, one.one, 0.9 - 0.01 * i, i == 2 ? Ending.TimedOut : Ending.Completed)),
            .. all.Select((one, i) => Some.Result(contest, "c", one.dataset, one.one, 0.6 - 0.05 * i) with
            {
                Entry = Some.Entry("c", "Touchstone", "Baseline", isBaseline: true),
            }),
        ];

        var site = StaticSite.Build([new Board(contest, results, new RankingOptions { Resamples = 200 })], Info);

        Golden.Check("leaderboard/" + path, site.Single(file => file.Path == path).Text);
    }

    private static Board Board()
    {
        var contest = Some.Contest();
        return new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 100 });
    }

    private static string Text(string path) => Whole.Value.Single(file => file.Path == path).Text;
}
