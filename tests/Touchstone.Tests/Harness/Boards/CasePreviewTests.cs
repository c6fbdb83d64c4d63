using System.Text;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;
using Touchstone.Tests.Harness.EndToEnd;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Boards;

public sealed class CasePreviewTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 12)]
    [InlineData(true, 0)]
    [InlineData(true, 12)]
    public void Site_PrivateDataset_NeverHoldsAVoxelOrANameOfACaseOfIt(bool wantsViewer, int cases)
    {
        using var workspace = new ViewerWorkspace(secretWantsViewer: wantsViewer);

        var files = workspace.MakeSite(cases);

        var volumes = files.Where(file => file.Path.Contains("/volume-", StringComparison.Ordinal)).ToArray();
        Assert.Equal(cases == 0 ? 0 : 2 * 4, volumes.Length); // CT, reference, two predictions of each open case
        Assert.Equal(cases > 0, files.Any(file =>
            file.Path == Gallery.NoticePath && file.Text.Contains("Redistributions in binary form", StringComparison.Ordinal)));
        Assert.All(volumes, file => Assert.StartsWith("case/open/", file.Path, StringComparison.Ordinal));
        Assert.All(volumes, file => Assert.DoesNotContain(ViewerWorkspace.SecretByte, ViewerWorkspace.Voxels(file)));
        Assert.All(files, file =>
        {
            Assert.DoesNotContain("SECRET_CASE", file.Path, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("SECRET_CASE", Encoding.Latin1.GetString(file.Content.Span), StringComparison.OrdinalIgnoreCase);
        });
        Assert.DoesNotContain(files, file => file.Path.StartsWith("case/secret/", StringComparison.Ordinal));
    }

    [Fact]
    public void Site_OpenDatasetThatDidNotOptIn_HoldsNoVolume()
    {
        using var workspace = new ViewerWorkspace(openWantsViewer: false);

        Assert.DoesNotContain(workspace.MakeSite(), file => file.Path.StartsWith("case/", StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_PrivateDatasetWantsAViewer_IsRefusedBeforeAnythingIsWritten()
    {
        using var workspace = new ViewerWorkspace();
        File.WriteAllText(workspace.ManifestPath, ViewerWorkspace.ManifestText(secret: "viewer: yes"));

        var run = CommandRun.Here(
            "publish", "--challenge", "tiny", "--output", workspace.InFolder("site"),
            "--manifest", workspace.ManifestPath, "--workspace", workspace.Workspace.Root);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the cases of \"secret\" may not be shown: its access is private", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.InFolder("site")));
    }

    [Fact]
    public void Board_GivenACaseOfAHiddenDataset_RefusesIt()
    {
        using var workspace = new ViewerWorkspace();
        var (board, _) = workspace.MakeBoard();
        var hidden = board.Bundled.Shown![0] with
        {
            Dataset = "secret",
            Case = board.Contest.Datasets.Single(dataset => dataset.Id == "secret").Cases[0].Id,
        };

        Assert.Throws<ArgumentException>(() => board.With([hidden]));
    }

    [Fact]
    public void Site_OpenDataset_ShowsEveryVolumeAsItWasScored()
    {
        using var workspace = new ViewerWorkspace();

        var files = workspace.MakeSite();

        Assert.Empty(workspace.Told);
        var folder = $"case/open/{ViewerWorkspace.NameOf("open", 1)}/";
        byte[] Voxels(string name) => ViewerWorkspace.Voxels(files.Single(file => file.Path == folder + name));
        Assert.All(Voxels("volume-ct.js"), value => Assert.Equal((40 + 1024) / 8, value));
        Assert.Equal([0, 1, 2], Voxels("volume-reference.js").Distinct().Order().Select(label => (int)label));
        Assert.Equal(Voxels("volume-reference.js"), Voxels("volume-of-good.js"));
        Assert.Equal([0, 2], Voxels("volume-of-poor.js").Distinct().Order().Select(label => (int)label));
        var page = files.Single(file => file.Path == folder + "poor.html").Text;
        Assert.Contains("\"first\":\"spleen\"", page, StringComparison.Ordinal);
        Assert.Contains("img-src &#x27;self&#x27; data:;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Site_PredictionChangedSinceItWasScored_LeavesItOutAndSaysSo()
    {
        using var workspace = new ViewerWorkspace();
        var name = ViewerWorkspace.NameOf("open", 1);
        var folder = Path.Combine(workspace.Workspace.CasePath("good", "open", name), "prediction");
        File.AppendAllText(Directory.GetFiles(folder)[0], "more");

        var files = workspace.MakeSite();

        Assert.Contains(workspace.Told, text => text.Contains($"good on open/{name}", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Path == $"case/open/{name}/good.html");
        Assert.Contains(files, file => file.Path == $"case/open/{name}/poor.html");
    }

    [Fact]
    public void Site_CtReplacedSinceItWasRun_LeavesTheCaseOutAndSaysSo()
    {
        using var workspace = new ViewerWorkspace();
        var name = ViewerWorkspace.NameOf("open", 1);
        File.Copy(workspace.InFolder("secret", ViewerWorkspace.NameOf("secret", 1), "ct.nii.gz"),
            workspace.InFolder("open", name, "ct.nii.gz"), overwrite: true);

        var files = workspace.MakeSite();

        Assert.Contains(workspace.Told, text => text.Contains($"open/{name}", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Path.StartsWith($"case/open/{name}/", StringComparison.Ordinal));
    }

    [Fact]
    public void Bundle_OfASiteWithAViewer_GivesTheSameSiteFromItsFolder()
    {
        using var workspace = new ViewerWorkspace();
        var files = workspace.MakeSite();
        foreach (var file in files)
        {
            var path = workspace.InFolder("site", file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content.Span);
        }

        var bundle = ResultsBundle.Read(files.Single(file => file.Path == ResultsBundle.FileName).Content.Span);
        var boards = bundle.ToBoards();
        var volumes = Touchstone.Harness.Boards.ViewerLibrary.Read(workspace.InFolder("site"), boards);
        var again = StaticSite.Build(
            boards, bundle.Info, gallery: new Gallery { Library = "//"u8.ToArray(), Volumes = volumes! });

        Assert.Equal(
            files.Select(file => (file.Path, Convert.ToBase64String(file.Content.Span))),
            again.Select(file => (file.Path, Convert.ToBase64String(file.Content.Span))));
        var changed = workspace.InFolder("site", files.First(file => file.Path.EndsWith("volume-ct.js", StringComparison.Ordinal)).Path);
        File.AppendAllText(changed, " ");
        Assert.Throws<InvalidDataException>(
            () => Touchstone.Harness.Boards.ViewerLibrary.Read(workspace.InFolder("site"), boards));
        File.Delete(changed);
        Assert.Null(Touchstone.Harness.Boards.ViewerLibrary.Read(workspace.InFolder("site"), boards));
    }

    [Fact]
    public void Hardest_FewCasesWanted_AddsTheWorstOfEveryEntry()
    {
        var contest = Some.Contest();
        var board = new Board(contest, Some.Results(contest), new Touchstone.Leaderboard.RankingOptions { Resamples = 20 });

        var one = CaseChoice.Hardest(board, "open", 1);

        Assert.InRange(one.Count, 2, 8);
        Assert.Equal(CaseChoice.Hardest(board, "open", 8)[0].Case, one[0].Case);
        Assert.Empty(CaseChoice.Hardest(board, "open", 0));
        Assert.Empty(CaseChoice.Hardest(board, "north", 8)); // hidden
        Assert.All(one, choice => Assert.All(
            choice.Results, result => Assert.Equal(Touchstone.Leaderboard.Results.Ending.Completed, result.Ending)));
    }
}
