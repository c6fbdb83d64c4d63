using Microsoft.Playwright;
using Touchstone.Harness.Boards;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;
using Touchstone.Tests.Harness.Boards;

namespace Touchstone.Tests.Leaderboard;

/// <summary>The case viewer in a real browser that draws WebGL in software, from the disk, without any server.</summary>
[Trait("Category", "Browser")]
public sealed class CaseViewerTests : IAsyncLifetime, IDisposable
{
    // Colour of the middle of each given box (fractions of the picture: left, top) of a picture, read from its pixels.
    private const string ReadPixels = """
        async ([png, places]) => {
          const image = new Image();
          image.src = 'data:image/png;base64,' + png;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.width, image.height];
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          return places.map(([x, y]) => [...context.getImageData(x * image.width, y * image.height, 1, 1).data].slice(0, 3));
        }
        """;

    private readonly ViewerWorkspace _workspace = new();
    private readonly List<string> _faults = [];
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async Task InitializeAsync()
    {
        var (board, previews) = _workspace.MakeBoard();
        var gallery = ViewerLibrary.With(Repository.File("leaderboard", "web"), previews.Volumes);
        Assert.True(gallery is not null, FigureRenderer.HowToInstall);
        SiteFolder.Write(
            _workspace.InFolder("site"), StaticSite.Build([board], new BuildInfo(Some.Now, "test"), gallery: gallery));
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.CloseAsync();
        }

        _playwright?.Dispose();
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Page_OpenedFromTheDisk_DrawsReferenceAndPredictionInTheirColours()
    {
        var page = await OpenAsync("poor");

        // The reference: liver on the patient's right, which is the picture's left; spleen on the other side.
        var reference = await PixelsAsync(page, "reference", (0.3, 0.4), (0.72, 0.4), (0.51, 0.4));
        var prediction = await PixelsAsync(page, "prediction", (0.3, 0.4), (0.72, 0.4), (0.51, 0.4));

        var (spleen, liver) = (Over(StructureColour.Of(0)), Over(StructureColour.Of(1)));
        AssertClose(liver, reference[0]);
        AssertClose(spleen, reference[1]);
        AssertClose([127, 127, 127], reference[2]); // CT alone: 40 HU in a window from −160 to 240
        AssertClose(liver, prediction[0]);
        AssertClose([127, 127, 127], prediction[1]); // the poor entry finds no spleen
        AssertClose([127, 127, 127], prediction[2]);
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Controls_ByKeyboardAlone_TurnSlicesInBothPictures()
    {
        var page = await OpenAsync("good");
        var slice = page.Locator(".panel output");
        var before = await slice.TextContentAsync();

        await page.Locator("canvas.reference").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        var after = await slice.TextContentAsync();
        for (var i = 0; i < 8; i++)
        {
            await page.Keyboard.PressAsync("PageUp");
        }

        var outside = await PixelsAsync(page, "prediction", (0.3, 0.4), (0.72, 0.4));
        await page.Locator("button.go[data-structure=liver]").PressAsync("Enter");
        var inside = await PixelsAsync(page, "prediction", (0.3, 0.4));

        Assert.NotEqual(before, after);
        Assert.All(outside, colour => AssertClose([127, 127, 127], colour)); // above both organs
        AssertClose(Over(StructureColour.Of(1)), inside[0]);
        Assert.Equal("1", await page.Locator(".panel select").First.InputValueAsync());
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Page_VolumeGone_SaysSoAndKeepsItsTable()
    {
        File.Delete(_workspace.InFolder("site", "case", "open", ViewerWorkspace.NameOf("open", 1), "volume-reference.js"));

        var page = await OpenAsync("good", isWhole: false);
        await page.WaitForFunctionAsync("document.querySelector('.state').textContent.includes('cannot be shown')");

        Assert.True(await page.Locator("#scores ~ .scroll tbody tr").First.IsVisibleAsync());
        Assert.False(await page.Locator(".panel").IsVisibleAsync());
    }

    [Fact]
    public async Task Page_At360Pixels_FitsAndStillDraws()
    {
        var page = await OpenAsync("good", width: 360);

        Assert.True(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth") <= 360);
        var reference = await PixelsAsync(page, "reference", (0.3, 0.4));
        AssertClose(Over(StructureColour.Of(1)), reference[0]);
    }

    private async Task<IPage> OpenAsync(string entry, int width = 1280, bool isWhole = true)
    {
        var page = await _chromium!.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 1100 },
        });
        page.Console += (_, message) => _faults.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => _faults.Add(error);
        await page.GotoAsync("file://" + _workspace.InFolder("site", "case", "open", ViewerWorkspace.NameOf("open", 1), entry + ".html"));
        if (isWhole)
        {
            await page.WaitForSelectorAsync(".viewer.live", new PageWaitForSelectorOptions { Timeout = 120_000 });
        }

        return page;
    }

    private async Task<int[][]> PixelsAsync(IPage page, string kind, params (double X, double Y)[] places)
    {
        var png = await page.Locator("canvas." + kind).ScreenshotAsync();
        var blank = await _chromium!.NewPageAsync();
        object[] given = [Convert.ToBase64String(png), places.Select(place => new[] { place.X, place.Y }).ToArray()];
        return await blank.EvaluateAsync<int[][]>(ReadPixels, given);
    }

    private static int[] Over(StructureColour colour) => [(127 + colour.R) / 2, (127 + colour.G) / 2, (127 + colour.B) / 2];

    private static void AssertClose(int[] expected, int[] found) => Assert.True(
        expected.Zip(found).All(pair => Math.Abs(pair.First - pair.Second) <= 12),
        $"{string.Join(",", found)} where {string.Join(",", expected)} is expected");
}
