using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary><c>touchstone check</c> from outside, on the sample cases.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class CheckCommandTests(EngineFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_JsonToStandardOutput_IsJsonAlone_AndExitCodeSaysFail()
    {
        var run = CommandRun.Touchstone("check", Archive(), "--command", "exit 3", "--samples", "1", "--json", "-");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("crashed", json.RootElement.GetProperty("cases")[0].GetProperty("ending").GetString());
    }

    [Fact]
    public async Task Check_Interrupted_LeavesNothing()
    {
        var (exitCode, rest, workspace) = await StopAtTheFirstCaseAsync("-INT");

        Assert.Equal(1, exitCode);
        Assert.Contains("Nothing of the check is left.", rest, StringComparison.Ordinal);
        await AssertNothingLeftAsync(workspace);
    }

    [Fact]
    public async Task Check_Killed_IsTidiedUpByTheNextOne()
    {
        var (_, _, workspace) = await StopAtTheFirstCaseAsync("-KILL");
        Assert.NotEmpty(await fixture.Engine.ListContainersAsync($"touchstone.workspace={workspace}"));

        CommandRun.Of("env", [.. Checking("exit 3")]);

        await AssertNothingLeftAsync(workspace);
    }

    [Theory]
    [InlineData("no-such.tar")]
    [InlineData("image", "--samples", "4")]
    [InlineData("image", "--challenge", "nope")]
    [InlineData("image", "--case", "/nowhere")]
    [InlineData("image", "--output", "tests")]
    [InlineData("not an image")]
    public void Check_WrongUse_ExitsWith2(params string[] arguments)
    {
        var run = CommandRun.Touchstone(["check", .. arguments.Select(one => one == "image" ? fixture.Image.Digest.Value : one)]);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Output);
    }

    private async Task<(int ExitCode, string Errors, string WorkspaceId)> StopAtTheFirstCaseAsync(string signal)
    {
        using var check = CommandRun.Start("env", Checking("sleep 50"));
        var errors = check.StandardError;
        while (await errors.ReadLineAsync() is { } line && !line.StartsWith("sample-1", StringComparison.Ordinal))
        {
            // not there yet
        }

        var made = Assert.Single(Directory.GetDirectories(_folder.Path, "touchstone-check-*"));
        var workspace = Workspace.Open(Path.Combine(made, "workspace")).Id;
        while ((await fixture.Engine.ListContainersAsync($"touchstone.workspace={workspace}")).Count < 2)
        {
            await Task.Yield(); // the case's own container comes after the holder's
        }

        CommandRun.Of("kill", signal, check.Id.ToString(CultureInfo.InvariantCulture)).Succeeded();
        var rest = await errors.ReadToEndAsync();
        await check.WaitForExitAsync();
        return (check.ExitCode, rest, workspace);
    }

    // Who runs the tests in the background of a shell has SIGINT ignored, and children inherit that.
    private string[] Checking(string command) =>
    [
        "--default-signal=INT", $"TMPDIR={_folder.Path}", CommandRun.Executable, "check", Archive(), "--command", command, "--samples", "1",
    ];

    private async Task AssertNothingLeftAsync(string workspace)
    {
        var label = $"touchstone.workspace={workspace}";
        Assert.Empty(await fixture.Engine.ListContainersAsync(label));
        Assert.Empty(await fixture.Engine.ListVolumesAsync(label));
        Assert.Null(await fixture.Engine.FindImageAsync($"touchstone/check:{workspace}"));
        Assert.Empty(Directory.GetDirectories(_folder.Path, "touchstone-check-*"));
    }

    private string Archive()
    {
        var image = fixture.BuildImage();
        var path = _folder.File("mine.tar");
        File.WriteAllBytes(path, (image with
        {
            Files = new Dictionary<string, byte[]>(image.Files)
            {
                ["bin/bash"] = Encoding.ASCII.GetBytes("#!/bin/sh\nexec /bin/sh \"$@\"\n"),
            },
        }).Build());
        return path;
    }
}
