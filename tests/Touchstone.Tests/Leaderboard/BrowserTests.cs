using System.Text.Json;
using Microsoft.Playwright;

namespace Touchstone.Tests.Leaderboard;

[Trait("Category", "Browser")]
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Pages_AllOfThem_RaiseNoErrorAndAskForNothingElsewhere()
    {
        var faults = new List<string>();
        var page = await browser.OpenAsync("index.html");
        page.Console += (_, message) => faults.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) => faults.AddRange(
            request.Url.StartsWith(browser.Address(""), StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal)
                ? [] : [request.Url]);
        page.RequestFailed += (_, request) => faults.Add("failed: " + request.Url);

        foreach (var path in browser.Pages)
        {
            await page.GotoAsync(browser.Address(path));
            foreach (var plot in await page.QuerySelectorAllAsync(".plot"))
            {
                await plot.ScrollIntoViewIfNeededAsync();
                await page.WaitForFunctionAsync("plot => plot.classList.contains('live')", plot);
            }

            Assert.True(faults.Count == 0, $"{path}: {string.Join("; ", faults)}");
        }
    }

    [Fact]
    public async Task Table_HeadingPressedByKeyboard_SortsAndSortsBack()
    {
        var page = await browser.OpenAsync("index.html");
        var heading = page.Locator("#leaderboard ~ .scroll thead button", new PageLocatorOptions { HasText = "Seconds" });

        await heading.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var up = await SecondsAsync(page);
        await page.Keyboard.PressAsync("Enter");
        var down = await SecondsAsync(page);

        Assert.Equal(7, up.Length);
        Assert.Equal(up.Order(), up);
        Assert.Equal(up.Reverse(), down);
        Assert.Equal("descending", await page.Locator("#leaderboard ~ .scroll th[aria-sort]").GetAttributeAsync("aria-sort"));
    }

    [Fact]
    public async Task Filter_TextTyped_LeavesTheRowsThatHaveIt()
    {
        var page = await browser.OpenAsync("submission/s-aurora.html");
        var rows = page.Locator("#cases ~ .scroll tbody tr");
        var all = await rows.CountAsync();

        await page.Locator("#cases ~ .filter input[type=search]").FillAsync("North");

        Assert.Equal(24, all);
        Assert.Equal(8, await rows.Locator("visible=true").Locator("xpath=self::tr").CountAsync());
        Assert.Equal("8 of 24", await page.Locator("#cases ~ .filter output").TextContentAsync());
    }

    [Fact]
    public async Task Pages_At360Pixels_DoNotScrollSideways()
    {
        var page = await browser.OpenAsync("index.html", width: 360);
        foreach (var path in browser.Pages)
        {
            await page.GotoAsync(browser.Address(path));
            var width = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");

            Assert.True(width <= 360, $"{path} is {width} pixels wide.");
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_LightAndDark_HaveTheContrastOfWcagAa(ColorScheme scheme)
    {
        var page = await browser.OpenAsync("index.html", scheme: scheme);
        foreach (var path in browser.Pages)
        {
            await page.GotoAsync(browser.Address(path));
            var low = await page.EvaluateAsync<string[]>(Chromium.LowContrast);

            Assert.True(low.Length == 0, $"{path}: {string.Join("; ", low)}");
        }
    }

    [Fact]
    public async Task Pages_ScriptsOff_ShowEveryDrawingWithItsWordsAndHeadingsInOrder()
    {
        var page = await browser.OpenAsync("index.html", scripts: false);
        foreach (var path in browser.Pages)
        {
            await page.GotoAsync(browser.Address(path));
            var images = await page.QuerySelectorAllAsync("img");
            foreach (var image in images)
            {
                Assert.True((await image.GetAttributeAsync("alt"))!.Length > 20, path);
                Assert.True(await image.IsVisibleAsync(), path);
                var source = (await image.GetAttributeAsync("src"))!;
                Assert.True(File.Exists(Path.GetFullPath(Path.Combine(browser.Folder, Path.GetDirectoryName(path)!, source))));
            }

            var level = 0;
            foreach (var heading in await page.QuerySelectorAllAsync("h1, h2, h3, h4, h5, h6"))
            {
                var next = (await heading.EvaluateAsync<string>("heading => heading.tagName"))[1] - '0';
                Assert.True(level == 0 ? next == 1 : next > 1 && next <= level + 1, $"{path}: h{next} after h{level}");
                level = next;
            }

            Assert.True(level > 0, path);
        }
    }

    [Fact]
    public async Task Figures_Interactive_HoldEveryEntryWithinTheirLimits()
    {
        var page = await browser.OpenAsync("structure/pancreas.html");
        await page.Locator(".plot").First.ScrollIntoViewIfNeededAsync();
        await page.WaitForSelectorAsync(".plot.live");

        var told = await page.EvaluateAsync<JsonElement>("""
            () => {
              const option = echarts.getInstanceByDom(document.querySelector('.plot.live .stage')).getOption();
              const x = option.xAxis[0];
              const values = option.series.flatMap((s) => s.data).flatMap((d) => Array.isArray(d) ? [d[0]] : d.value);
              return { names: option.yAxis[0].data.length, boxes: option.series[0].data.length,
                inside: values.every((v) => v >= x.min && v <= x.max), values: values.length };
            }
            """);

        Assert.Equal(7, told.GetProperty("names").GetInt32());
        Assert.Equal(7, told.GetProperty("boxes").GetInt32());
        Assert.True(told.GetProperty("inside").GetBoolean());
        Assert.True(told.GetProperty("values").GetInt32() >= 7 * 6);
    }

    [Fact]
    public void Files_WithFigures_NameNoHiddenCaseAndNoPlaceElsewhere()
    {
        var hidden = Some.Contest().Datasets.Where(dataset => !dataset.IsPublic).SelectMany(dataset => dataset.Cases).ToArray();

        Assert.Contains(browser.Files, file => file.Path == "figures/stability.dark.svg");
        foreach (var file in browser.Files.Where(file => file.Path != "lib/echarts.min.js"))
        {
            Assert.All(hidden, one => Assert.DoesNotContain(one.Id, file.Text, StringComparison.Ordinal));
        }

        Assert.All(
            browser.Files.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)),
            file => Assert.DoesNotContain("href=\"http", file.Text, StringComparison.Ordinal));
    }

    private static async Task<double[]> SecondsAsync(IPage page) =>
        [.. (await page.Locator("#leaderboard ~ .scroll td[data-label^=Seconds]").AllTextContentsAsync())
            .Select(text => double.Parse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture))];
}
