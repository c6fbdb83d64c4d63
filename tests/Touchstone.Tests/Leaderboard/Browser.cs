using Microsoft.Playwright;
using Touchstone.Harness.Boards;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

/// <summary>A published site with its figures, and a real browser to look at it. Made once for all browser tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public IReadOnlyList<SiteFile> Files { get; private set; } = [];

    public IEnumerable<string> Pages =>
        Files.Select(file => file.Path).Where(path => path.EndsWith(".html", StringComparison.Ordinal));

    public string Folder { get; } = Directory.CreateTempSubdirectory("touchstone-site-").FullName;

    public async Task InitializeAsync()
    {
        var contest = Some.Contest();
        Board[] boards = [new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 200 })];
        var (drawings, missing) = await FigureRenderer.DrawAsync(boards, Repository.File("leaderboard", "web"));
        Assert.True(missing is null, $"{missing}: {FigureRenderer.HowToInstall}.");
        Files = StaticSite.Build(boards, new BuildInfo(Some.Now, Some.Version), drawings);
        foreach (var file in Files)
        {
            var path = Path.Combine(Folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Content.ToArray());
        }

        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>Opens a page of the site in a fresh window.</summary>
    public async Task<IPage> OpenAsync(
        string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        var context = await _chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address(path));
        return page;
    }

    public string Address(string path) => "file://" + Path.Combine(Folder, path);

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.CloseAsync();
        }

        _playwright?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
