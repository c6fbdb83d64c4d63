using Microsoft.Playwright;
using Touchstone.Leaderboard.Live;

namespace Touchstone.Tests.Leaderboard;

/// <summary>A browser that gets the server's sample pages from memory, as if a server had sent them.</summary>
public sealed class LiveBrowser : IAsyncLifetime
{
    /// <summary>Where the pages seem to come from.</summary>
    public const string Server = "http://touchstone.test/";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css",
        [".js"] = "text/javascript",
        [".svg"] = "image/svg+xml",
    };

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public IReadOnlyList<string> Paths { get; } = [.. SomeLive.Pages().Select(page => page.Path)];

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>A window without a page yet.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        var context = await _chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/*", AnswerAsync);
        return page;
    }

    private static Task AnswerAsync(IRoute route)
    {
        var path = Uri.UnescapeDataString(new Uri(route.Request.Url).PathAndQuery[1..]);
        if (LiveAssets.Files.FirstOrDefault(file => file.Path == path) is { } file)
        {
            return route.FulfillAsync(new RouteFulfillOptions
            {
                BodyBytes = file.Content.ToArray(),
                ContentType = Types[Path.GetExtension(path)],
            });
        }

        return SomeLive.Pages().FirstOrDefault(page => page.Path == path).Text is { } text
            ? route.FulfillAsync(new RouteFulfillOptions { Body = text, ContentType = "text/html; charset=utf-8" })
            : path.EndsWith("/events", StringComparison.Ordinal)
                ? route.FulfillAsync(new RouteFulfillOptions { Body = ": nothing yet\n\n", ContentType = "text/event-stream" })
                : route.AbortAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
