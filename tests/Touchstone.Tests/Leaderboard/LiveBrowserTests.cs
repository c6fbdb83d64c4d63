using Microsoft.Playwright;

namespace Touchstone.Tests.Leaderboard;

[Trait("Category", "Browser")]
public sealed class LiveBrowserTests(LiveBrowser browser) : IClassFixture<LiveBrowser>
{
    [Fact]
    public async Task Pages_AllOfThem_RaiseNoErrorAndAskForNothingElsewhere()
    {
        var faults = new List<string>();
        var page = await browser.OpenAsync();
        page.Console += (_, message) => faults.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) =>
            faults.AddRange(request.Url.StartsWith(LiveBrowser.Server, StringComparison.Ordinal) ? [] : [request.Url]);

        foreach (var path in browser.Paths)
        {
            await page.GotoAsync(LiveBrowser.Server + path);

            Assert.True(faults.Count == 0, $"{path}: {string.Join("; ", faults)}");
        }
    }

    [Fact]
    public async Task Pages_At360Pixels_DoNotScrollSideways()
    {
        var page = await browser.OpenAsync(width: 360);
        foreach (var path in browser.Paths)
        {
            await page.GotoAsync(LiveBrowser.Server + path);
            var width = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");

            Assert.True(width <= 360, $"{path} is {width} pixels wide.");
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_LightAndDark_HaveTheContrastOfWcagAa(ColorScheme scheme)
    {
        var page = await browser.OpenAsync(scheme: scheme);
        foreach (var path in browser.Paths)
        {
            await page.GotoAsync(LiveBrowser.Server + path);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
            var low = await page.EvaluateAsync<string[]>(Chromium.LowContrast);

            Assert.True(low.Length == 0, $"{path}: {string.Join("; ", low)}");
        }
    }

    [Fact]
    public async Task Forms_ByKeyboardAlone_ReachEveryFieldInOrderAndShowWhereOneIs()
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync(LiveBrowser.Server + "submit");
        var reached = new List<string>();
        for (var press = 0; press < 60; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement === document.body"))
            {
                break;
            }

            var told = await page.EvaluateAsync<string[]>("""
                () => {
                  const one = document.activeElement;
                  return [one.name || one.id || one.textContent.trim(), getComputedStyle(one).outlineStyle];
                }
                """);
            reached.Add(told[0]);
            Assert.True(told[1] != "none", $"Nobody sees that {told[0]} has the focus.");
        }

        string[] expected = ["phase", "name", "layout", "command", "gpu", "archive", "upload", "image"];
        Assert.Equal(expected, reached.Where(expected.Contains).Distinct());
    }

    [Fact]
    public async Task Submit_ScriptsOff_SaysHowElseToUpload()
    {
        var page = await browser.OpenAsync(scripts: false);
        await page.GotoAsync(LiveBrowser.Server + "submit");

        Assert.True(await page.Locator("#archive").IsDisabledAsync());
        Assert.Contains("touchstone submit", await page.Locator("noscript .notice").TextContentAsync(), StringComparison.Ordinal);
    }
}
