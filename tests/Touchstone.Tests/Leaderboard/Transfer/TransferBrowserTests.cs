using Microsoft.Playwright;
using Touchstone.Harness.Boards;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Tests.Leaderboard.Transfer;

/// <summary>The report of the made-up study, with its figures, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed class TransferBrowserTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-report-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async Task InitializeAsync()
    {
        var report = TransferReportMaker.Make(SomeStudy.Outline(), SomeStudy.Results());
        var (drawings, missing) = await FigureRenderer.DrawAsync(
            () => [.. TransferFigures.Of(report).Select(figure => ("", figure))], Repository.File("leaderboard", "web"));
        Assert.True(missing is null, $"{missing}: {FigureRenderer.HowToInstall}.");
        SiteFolder.Write(Path.Combine(_folder, "report"), TransferPage.Build(report, new BuildInfo(Some.Now, Some.Version), drawings));
        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        await (_chromium?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Page_InAnySurroundings_RaisesNoErrorFitsAndCanBeRead(ColorScheme scheme, int width)
    {
        var faults = new List<string>();
        var page = await OpenAsync(scheme, width, scripts: true, faults);
        foreach (var plot in await page.QuerySelectorAllAsync(".plot"))
        {
            await plot.ScrollIntoViewIfNeededAsync();
            await page.WaitForFunctionAsync("plot => plot.classList.contains('live')", plot);
        }

        Assert.Empty(faults);
        Assert.True(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth") <= width);
        Assert.Empty(await page.EvaluateAsync<string[]>(Chromium.LowContrast));
    }

    [Fact]
    public async Task Page_ScriptsOff_ShowsEveryDrawing()
    {
        var page = await OpenAsync(ColorScheme.Light, 1280, scripts: false, []);
        var images = await page.QuerySelectorAllAsync("img");

        Assert.Equal(13, images.Count);
        foreach (var image in images)
        {
            Assert.True(await image.IsVisibleAsync());
            Assert.True(await image.EvaluateAsync<int>("image => image.naturalWidth") > 0);
        }
    }

    private async Task<IPage> OpenAsync(ColorScheme scheme, int width, bool scripts, List<string> faults)
    {
        var context = await _chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => faults.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => faults.Add(error);
        page.RequestFailed += (_, request) => faults.Add("failed: " + request.Url);
        await page.GotoAsync("file://" + Path.Combine(_folder, "report", "index.html"));
        return page;
    }
}
