using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.EndToEnd;

public sealed class CommandLineTests
{
    [Fact]
    public void Manifest_WithManyMistakes_ListsAllWithLinesAndExitsWith2()
    {
        using var folder = new TemporaryFolder();
        var manifest = folder.Write("datasets.manifest", """
            version: 1
            datasets:
              - id: one
                title: One
                purpose: nothing
                access: everybody
                volumes: { original: -1, accessible: many }
                structures: few
                hospitals: 0
                countries: [Germany]
                annotators: [cat]
                distribution: maybe
                colour: red
            """);

        var run = CommandRun.Touchstone("datasets", "list", "--manifest", manifest);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("11 mistakes", run.Error, StringComparison.Ordinal);
        foreach (var line in new[] { 3, 5, 6, 7, 8, 9, 10, 11, 12, 13 })
        {
            Assert.Contains($"line {line}: ", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("datasets", "describe", "nope")]
    [InlineData("datasets", "list", "--manifest", "nowhere.manifest")]
    [InlineData("datasets")]
    [InlineData("datasets", "lst")]
    [InlineData("rank")]
    [InlineData("rank", "--challenge", "nope")]
    [InlineData("submit", "image.tar")]
    [InlineData("submit", "image.tar", "--team", "", "--name", "N", "--challenge", "demo")]
    [InlineData("submit", "no-such-archive.tar", "--team", "T", "--name", "N", "--challenge", "demo")]
    [InlineData("submit", "image.tar", "--team", "T", "--name", "N", "--challenge", "demo", "--phase", "final")]
    [InlineData("disqualify", "no-such-submission", "--reason", "R")]
    [InlineData("check", "image.tar", "--samples", "few")]
    [InlineData("token", "create", "--admin", "--name", "N", "--days", "a week")]
    [InlineData("release", "--challenge", "demo", "--phase", "final")]
    [InlineData("rescore", "--dataset", "no-such-dataset")]
    [InlineData("publish")]
    [InlineData("serve", "--urls", "a\\b")]
    [InlineData("serve", "--urls", "https://127.0.0.1:0")]
    [InlineData("serve", "--urls", "http://127.0.0.1:65536")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0/path")]
    [InlineData("run", "no-such-submission")]
    [InlineData("run")]
    public void WrongUse_ExitsWith2_AndSaysWhatToDo(params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        string[] workspace = arguments[0] == "datasets" ? [] : ["--workspace", folder.Path];

        var run = CommandRun.Touchstone([.. arguments, .. workspace]);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path)); // "nothing was changed"
    }

    [Theory]
    [InlineData("rank", "--challenge", "demo")]
    [InlineData("publish", "--output", "site")]
    [InlineData("reindex")]
    [InlineData("verify")]
    [InlineData("run", "--all")]
    [InlineData("rescore", "--dataset", "real-ct")]
    [InlineData("feedback", "x")]
    [InlineData("withdraw", "x", "--reason", "R")]
    [InlineData("submit", "no-such-archive.tar", "--team", "T", "--name", "N", "--challenge", "demo")]
    [InlineData("import", "nowhere", "--challenge", "demo", "--dataset", "phantom-iid")]
    public void NoWorkspace_IsSaid_AndNoneIsLeft(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var workspace = Path.Combine(folder.Path, "workspace");

        var run = CommandRun.Touchstone([.. arguments, "--workspace", workspace]);

        Assert.True(run.ExitCode == 2, run.All);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.True(arguments[0] is "submit" or "import" || run.Error.Contains($"{workspace} is no workspace", StringComparison.Ordinal), run.All);
    }

    [Fact]
    public void Rank_ChallengeFileWithUnknownNames_ListsThemWithLinesAndExitsWith2()
    {
        using var folder = new TemporaryFolder();
        Workspace.Open(folder.Path);
        var challenge = folder.Write("mine.yaml", """
            title: Mine
            description: My own rules
            labels: abdomenatlas-1.0
            structures: [liver, inferior_vena_cava]
            datasets: [phantom-iid]
            metrics: { protocol: dice, tolerance-mm: 2 }
            """);

        var run = CommandRun.Touchstone("rank", "--challenge", challenge, "--workspace", folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("line 4: \"inferior_vena_cava\" is no structure of abdomenatlas-1.0", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 6: There is no protocol dice", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_DatasetsOfTheChallengeElsewhere_NamesThemAndExitsWith1()
    {
        using var folder = new TemporaryFolder();
        Workspace.Open(folder.Path);

        var run = CommandRun.Touchstone("rank", "--challenge", "bodymaps-2024", "--workspace", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("The challenge bodymaps-2024 needs totalsegmentator and jhh,", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [ExtraFact(Extra.RealCts)]
    public void DatasetsVerify_RealCt_FindsEveryMaskOnItsGrid()
    {
        var run = CommandRun.Touchstone("datasets", "verify", "real-ct").Succeeded();

        Assert.Contains("3 cases, 46 masks on their CT's grid, 49 files with the right SHA-256", run.Output, StringComparison.Ordinal);
    }
}
