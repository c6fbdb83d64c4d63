using System.Text;
using Microsoft.Playwright;
using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Tests.Harness.EndToEnd;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Server;

/// <summary>The whole road in a browser: real server, real worker, real containers.</summary>
[Collection(RoadsWithTheEngine.Name)]
[Trait("Category", "Engine")]
[Trait("Category", "Browser")]
public sealed class BrowserRoadTests(EngineFixture fixture) : IAsyncLifetime, IDisposable
{
    private const float PatienceMs = 120_000;

    private readonly TinyWorkspace _workspace = new();
    private readonly List<string> _faults = [];
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async Task InitializeAsync()
    {
        _workspace.Fill(fixture.NewCase("case1"));
        _playwright = await Playwright.CreateAsync();
        _chromium = await Chromium.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        await _chromium!.CloseAsync();
        _playwright!.Dispose();
        foreach (var submission in SubmissionFile.ReadAll(_workspace.Workspace).DistinctBy(one => one.Image))
        {
            await fixture.Engine.RemoveImageAsync(submission.Image.Value);
        }
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Road_FromInvitationToRescoredBoard_IsWalkedInABrowser()
    {
        var admin = CommandRun.Touchstone(
            ["token", "create", "--admin", "--name", "organiser", "--workspace", _workspace.WorkspacePath]).Output.Trim();
        using var server = await ServerProcess.StartAsync(_workspace);
        var organiser = await WindowAsync(server);
        var team = await WindowAsync(server);

        await SignInAsync(organiser, admin);
        await RegisterAsync(team, await InviteAsync(organiser));
        await SubmitAsync(team, "First", Archive("first.tar", "cp /workspace/masks/other.nii.gz /workspace/outputs/$name.nii.gz"));
        await SeeFailureAsync(team);
        await SubmitAsync(team, "Second", Archive("second.tar", "cp /workspace/masks/truth.nii.gz /workspace/outputs/$name.nii.gz"));
        var attempt = await SeeBoardAsync(team);
        await DisqualifyAsync(organiser, attempt);
        await RescoreAsync(organiser);

        Assert.True(_faults.Count == 0, string.Join('\n', _faults));
        Assert.Equal(0, (await server.EndAsync()).ExitCode);
    }

    private static async Task SignInAsync(IPage page, string token)
    {
        await page.GotoAsync("/team");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Personal access token").FillAsync(token);
        await page.Locator("main button").ClickAsync();
        await page.GetByText("Signed in as").WaitForAsync();
    }

    private static async Task<string> InviteAsync(IPage organiser)
    {
        await organiser.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Invitations" }).ClickAsync();
        await organiser.GetByLabel("For whom").FillAsync("Aurora");
        await organiser.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make an invitation" }).ClickAsync();
        return (await organiser.Locator("#secret").TextContentAsync())!;
    }

    private static async Task RegisterAsync(IPage team, string invitation)
    {
        await team.GotoAsync("/register");
        await team.GetByLabel("Invitation").FillAsync("tsi_mistyped");
        await team.GetByLabel("Name of the team").FillAsync("Aurora");
        await team.GetByLabel("Members").FillAsync("Ada\nGrace");
        await team.Locator("main button").ClickAsync();
        await team.Locator("#invitation-fault").WaitForAsync();
        await team.GetByLabel("Invitation").FillAsync(invitation);
        await team.Locator("main button").ClickAsync();
        var token = (await team.Locator("#secret").TextContentAsync())!;
        await SignInAsync(team, token);
        Assert.Equal("Aurora", await team.Locator("h1").TextContentAsync());
    }

    private static async Task SubmitAsync(IPage team, string name, string archive)
    {
        await team.GotoAsync("/submit");
        await team.GetByLabel("Challenge and phase").SelectOptionAsync("tiny/debug");
        await team.GetByLabel("Name of the method").FillAsync(name);
        await team.Locator("#archive").SetInputFilesAsync(archive);
        await team.GetByText("Uploaded: " + Path.GetFileName(archive)).WaitForAsync();
        await team.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Submit", Exact = true }).ClickAsync();
        await team.Locator("h1").GetByText(name).WaitForAsync();
        Assert.Contains("/attempts/", team.Url, StringComparison.Ordinal);
    }

    /// <summary>The page follows the run by itself: nothing here loads it again.</summary>
    private static async Task SeeFailureAsync(IPage team)
    {
        var failure = team.Locator(".failures li");
        await failure.WaitForAsync(Patient);
        var text = (await failure.TextContentAsync())!;

        Assert.Contains("wrong grid", text, StringComparison.Ordinal);
        Assert.Contains("Resample back", text, StringComparison.Ordinal);
        Assert.DoesNotContain("case1", await team.ContentAsync(), StringComparison.Ordinal);
        await team.Locator(".state .tag", new PageLocatorOptions { HasText = "finished" }).WaitForAsync(Patient);
        Assert.Empty(await team.EvaluateAsync<string[]>(Chromium.LowContrast));
        await team.SetViewportSizeAsync(360, 800);
        await team.WaitForFunctionAsync("innerWidth === 360");
        Assert.Empty(await team.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > 361)
              .map((one) => one.outerHTML.slice(0, 200))
            """));
        await team.SetViewportSizeAsync(1280, 900);
    }

    private static async Task<string> SeeBoardAsync(IPage team)
    {
        var link = team.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See it on the board" });
        await link.WaitForAsync(Patient);
        var attempt = new Uri(team.Url).AbsolutePath;
        await link.ClickAsync();
        await team.Locator("h1", new PageLocatorOptions { HasText = "Second" }).WaitForAsync();
        await team.GotoAsync("/boards/tiny/debug/index.html");
        var row = team.Locator("#leaderboard ~ .scroll tbody tr", new PageLocatorOptions { HasText = "Second" });

        Assert.Contains("100.0", (await row.TextContentAsync())!, StringComparison.Ordinal);
        await team.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Your team" }).ClickAsync();
        Assert.Equal(2, await team.Locator("#attempts ~ .scroll tbody tr").CountAsync());
        return attempt;
    }

    private static async Task DisqualifyAsync(IPage organiser, string attempt)
    {
        await organiser.GotoAsync(attempt);
        await organiser.GetByLabel("Reason").FillAsync("It was trained on the test set.");
        await organiser.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Disqualify" }).ClickAsync();
        await organiser.Locator(".state .tag", new PageLocatorOptions { HasText = "disqualified" }).WaitForAsync();
        await SeesOnBoardAsync(organiser, "It was trained on the test set.");
        await organiser.GotoAsync(attempt);
        await organiser.GetByLabel("Reason").FillAsync("It was not.");
        await organiser.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reinstate" }).ClickAsync();
        await organiser.Locator(".state .tag", new PageLocatorOptions { HasText = "finished" }).WaitForAsync();
    }

    private async Task RescoreAsync(IPage organiser)
    {
        // Somebody finds that what was called the liver is another organ.
        var liver = Path.Combine(_workspace.DatasetPath, "case1", "segmentations", "liver.nii.gz");
        File.Copy(Path.Combine(_workspace.DatasetPath, "case1", "segmentations", "spleen.nii.gz"), liver, overwrite: true);
        var manifest = await File.ReadAllTextAsync(_workspace.ManifestPath);
        await File.WriteAllTextAsync(_workspace.ManifestPath, manifest.Replace(
            "    distribution: iid\n", "    distribution: iid\n    reference-version: 2\n", StringComparison.Ordinal));

        await organiser.GotoAsync("/organiser/datasets");
        await organiser.GetByText("Score anew").First.ClickAsync();
        await organiser.GetByLabel("What was put right").FillAsync("The liver of case 1.");
        await organiser.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score anew" }).ClickAsync();
        await UntilAsync(organiser, "/organiser/datasets", "Every result is of the newest version.");
        await SeesOnBoardAsync(organiser, "50.0");

        Assert.All(ResultFile.FindAll(_workspace.Workspace), path =>
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "rescored", "2.json")), path));
        Assert.Equal(2, ResultFile.FindAll(_workspace.Workspace).Count());
        await organiser.GotoAsync("/organiser/audit");
        var log = (await organiser.Locator("main").TextContentAsync())!;
        Assert.All(
            ["invitation-made", "entry-disqualified", "entry-reinstated", "The liver of case 1."],
            word => Assert.Contains(word, log, StringComparison.Ordinal));
    }

    private static Task SeesOnBoardAsync(IPage page, string text) => UntilAsync(page, "/boards/tiny/debug/index.html", text);

    /// <summary>Loads a page until another process has brought it up to date.</summary>
    private static async Task UntilAsync(IPage page, string path, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(PatienceMs));
        do
        {
            Assert.False(patience.IsCancellationRequested, $"{path} does not show: {text}");
            await page.GotoAsync(path);
        }
        while (!(await page.Locator("main").TextContentAsync())!.Contains(text, StringComparison.Ordinal));
    }

    private static LocatorWaitForOptions Patient { get; } = new() { Timeout = PatienceMs };

    private async Task<IPage> WindowAsync(ServerProcess server)
    {
        var context = await _chromium!.NewContextAsync(new BrowserNewContextOptions { BaseURL = $"{server.Address}" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(PatienceMs);
        page.PageError += (_, error) => _faults.Add(error);
        page.Console += (_, message) => _faults.AddRange(IsFault(message) ? [$"{page.Url}: {message.Text} ({message.Location})"] : []);
        page.Request += (_, request) =>
            _faults.AddRange(request.Url.StartsWith($"{server.Address}", StringComparison.Ordinal) ? [] : [request.Url]);
        return page;
    }

    /// <summary>The browser itself notes a refused form; that is asked for above.</summary>
    private static bool IsFault(IConsoleMessage message) =>
        message.Type is "error" or "warning" && !message.Text.Contains("status of 403", StringComparison.Ordinal);

    private string Archive(string file, string script)
    {
        var other = EngineFixture.Geometry with { Grid = EngineFixture.Geometry.Grid with { Nx = 11 } };
        var image = new TestImage
        {
            Files = new Dictionary<string, byte[]>
            {
                ["bin/bash"] = Encoding.UTF8.GetBytes("#!/bin/sh\nexec /bin/sh \"$@\"\n"),
                ["workspace/predict.sh"] = Encoding.UTF8.GetBytes(
                    $"for f in /workspace/inputs/*; do name=$(basename \"$f\" .nii.gz); done\n{script}\n"),
                ["workspace/masks/truth.nii.gz"] = Volume(EngineFixture.Geometry, EngineFixture.Truth()),
                ["workspace/masks/other.nii.gz"] = Volume(other, new byte[other.Grid.VoxelCount]),
            },
        };
        var path = _workspace.Beside(file);
        File.WriteAllBytes(path, image.Build());
        return path;
    }

    private byte[] Volume(Geometry geometry, byte[] labels)
    {
        var path = _workspace.Beside("volume.nii.gz");
        NiftiWriter.Write(path, geometry, labels);
        return File.ReadAllBytes(path);
    }
}
