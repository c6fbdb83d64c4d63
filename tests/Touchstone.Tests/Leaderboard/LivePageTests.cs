using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

public sealed class LivePageTests
{
    public static TheoryData<string> Paths => [.. SomeLive.Pages().Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Pages_Everywhere_CanBeReadByAScreenReader(string path)
    {
        var page = Page(path);

        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Equal("#content", page.QuerySelector("body > a")!.GetAttribute("href"));
        Assert.All(page.QuerySelectorAll("[aria-labelledby], [aria-describedby]"), element =>
            Assert.All(
                (element.GetAttribute("aria-labelledby") ?? element.GetAttribute("aria-describedby")!).Split(' ', StringSplitOptions.RemoveEmptyEntries),
                id => Assert.NotNull(page.GetElementById(id))));
        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]), select, textarea, progress"))
        {
            var named = field.HasAttribute("aria-label") || field.Closest("label") is not null
                || page.QuerySelector($"label[for='{field.Id}']") is not null;
            Assert.True(named, field.OuterHtml);
        }

        Assert.All(page.QuerySelectorAll("button, a"), one => Assert.False(string.IsNullOrWhiteSpace(one.TextContent)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Pages_Everywhere_HoldNoScriptAndLoadNothingFromElsewhere(string path)
    {
        var page = Page(path);

        Assert.Empty(page.QuerySelectorAll("style, iframe, object, embed, base"));
        Assert.All(page.Scripts, script => Assert.True(script.Source is { Length: > 0 } && script.Text.Length == 0));
        foreach (var attribute in page.All.SelectMany(element => element.Attributes))
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            Assert.NotEqual("style", attribute.Name);
        }

        var assets = LiveAssets.Files.Select(file => "/" + file.Path).ToHashSet();
        Assert.All(
            page.QuerySelectorAll("script[src], link[href]"),
            one => Assert.Contains(one.GetAttribute("src") ?? one.GetAttribute("href")!, assets));
        Assert.All(page.QuerySelectorAll("a[href], form[action]").Skip(1), one =>
            Assert.Matches("^(/[^/]|/$|#)", one.GetAttribute("href") ?? one.GetAttribute("action")!));
        var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Forms_Everywhere_ArePostedWithTheFormToken(string path)
    {
        foreach (var form in Page(path).Forms)
        {
            Assert.Equal("post", form.Method);
            var token = Assert.Single(form.QuerySelectorAll<IHtmlInputElement>($"input[name={FieldNames.FormToken}]"));
            Assert.Equal(SomeLive.FormToken, token.Value);
            Assert.Single(form.QuerySelectorAll("button:not([type=button])"));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Tables_Everywhere_HaveACaptionScopedHeadersAndFullRows(string path)
    {
        foreach (var table in Page(path).QuerySelectorAll<IHtmlTableElement>("table"))
        {
            Assert.False(string.IsNullOrWhiteSpace(table.Caption?.TextContent));
            Assert.All(table.QuerySelectorAll("tbody tr"), row =>
                Assert.Equal(table.QuerySelectorAll("thead th").Length, row.ChildElementCount));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sign-in?fault")]
    [InlineData("register?fault")]
    [InlineData("secret")]
    [InlineData("team")]
    [InlineData("submit")]
    [InlineData("attempts/7f3a?Waiting")]
    [InlineData("attempts/7f3a?Running")]
    [InlineData("attempts/7f3a?organiser")]
    [InlineData("organiser/teams/t-1")]
    [InlineData("organiser/datasets")]
    public void Pages_SampleContent_AreAsTheGoldenFile(string path)
    {
        var name = path.Length == 0 ? "home" : path.Replace('/', '-').Replace('?', '-');

        Golden.Check(
            $"live/{name.ToLowerInvariant()}.html",
            Text(path).Replace(LiveAssets.Folder, "/assets/VERSION/", StringComparison.Ordinal));
    }

    [Fact]
    public void Forms_FilledInWrongly_KeepWhatWasTypedAsTextAndNoSecret()
    {
        var register = Page("register?fault");
        var signIn = Text("sign-in?fault");

        var name = register.QuerySelector<IHtmlInputElement>("#name")!;
        Assert.Equal("\"><script>alert(1)</script>", name.Value);
        Assert.Equal("true", name.GetAttribute("aria-invalid"));
        Assert.Equal("This cannot be taken: <b>bold</b>.", register.GetElementById("name-fault")!.TextContent);
        Assert.Equal("</textarea><img src=x onerror=alert(2)>", register.QuerySelector<IHtmlTextAreaElement>("textarea")!.Value);
        Assert.Empty(register.QuerySelectorAll("img, main script"));
        Assert.DoesNotContain("typed-by-somebody", signIn + Text("register?fault"), StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_FilledInWrongly_KeepsChoices()
    {
        var page = Page("submit?fault");

        Assert.Equal("folder", page.QuerySelector<IHtmlInputElement>("input[name=layout]:checked")!.Value);
        Assert.Equal("amos", page.QuerySelector<IHtmlInputElement>("input[name=trained-on]:checked")!.Value);
        Assert.True(page.QuerySelector("details")!.HasAttribute("open"));
    }

    [Fact]
    public void Submit_ClosedPhasesAndUnfinishedUploads_CannotBeChosen()
    {
        var page = Page("submit");

        Assert.Equal(["abdomen/debug"], page.QuerySelectorAll<IHtmlOptionElement>("#phase option").Select(one => one.Value));
        Assert.Equal(["", "u-1"], page.QuerySelectorAll<IHtmlOptionElement>("#upload option").Select(one => one.Value));
        Assert.Empty(Page("submit?closed").QuerySelectorAll("form[action='/submit']"));
    }

    [Theory]
    [InlineData(AttemptStage.Waiting, true)]
    [InlineData(AttemptStage.Running, true)]
    [InlineData(AttemptStage.Finished, false)]
    [InlineData(AttemptStage.Rejected, false)]
    public void Attempt_WhileItMayChange_IsFollowedWithAndWithoutScripts(AttemptStage stage, bool expected)
    {
        var page = Page($"attempts/7f3a?{stage}");

        Assert.Equal(expected, page.Scripts.Any(script => script.Source!.EndsWith("/watch.js", StringComparison.Ordinal)));
        Assert.Equal(expected, Text($"attempts/7f3a?{stage}").Contains("<noscript><meta http-equiv=\"refresh\"", StringComparison.Ordinal));
        Assert.Equal(expected, page.QuerySelector("[data-events]")!.GetAttribute("data-events")!.Length > 0);
    }

    [Fact]
    public void Attempt_FailedCases_AreExplainedOncePerKindWorstFirst()
    {
        var kinds = Page("attempts/7f3a?Finished").QuerySelectorAll(".failures li").ToArray();

        Assert.Equal(["wrong grid", "crashed"], kinds.Select(kind => kind.QuerySelector(".tag")!.TextContent));
        Assert.Contains("2 cases", kinds[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("copy its header", kinds[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("KeyError: 'case'", kinds[1].QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_EveryEnding_HasSome() => Assert.All(
        Enum.GetValues<Ending>(),
        ending => Assert.Equal(ending != Ending.Completed, Advice.For(ending).Length > 40));

    [Theory]
    [InlineData(0.4, "1 s")]
    [InlineData(61, "2 min")]
    [InlineData(3 * 3600 + 20 * 60, "3 h 20 min")]
    [InlineData(50 * 3600, "2 d 2 h")]
    public void Length_OfTime_HasTwoUnits(double seconds, string expected) =>
        Assert.Equal(expected, StageWords.Length(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Quotas_Spent_TellWhenTheNextIsPossible()
    {
        var next = Page("team").QuerySelectorAll("#quota ~ .scroll td[data-label='Next attempt']").Select(cell => cell.TextContent.Trim());

        Assert.Equal(["now", "2026-03-15 15:50 UTC, in 1 d 6 h", "now", "not in this phase"], next);
    }

    private static string Text(string path) => SomeLive.Pages().Single(page => page.Path == path).Text;

    private static IHtmlDocument Page(string path) => new HtmlParser().ParseDocument(Text(path));
}
