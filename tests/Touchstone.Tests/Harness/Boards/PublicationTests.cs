using Touchstone.Harness.Boards;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Bundles;
using Touchstone.Leaderboard.Site;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Boards;

public sealed class PublicationTests
{
    private static readonly BuildInfo Info = new(Some.Now, "0.1.0+test");

    [Fact]
    public async Task Draw_WithoutTheScripts_DrawsNothingAndSaysWhatIsMissing()
    {
        var (drawings, missing) = await FigureRenderer.DrawAsync([MakeBoard()], web: null);

        Assert.Empty(drawings.Svgs);
        Assert.Null(drawings.Library);
        Assert.Contains("leaderboard/web", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_LibraryNotRestored_DrawsNothingAndSaysWhatIsMissing()
    {
        using var empty = new TemporaryFolder();

        var (drawings, missing) = await FigureRenderer.DrawAsync([MakeBoard()], empty.Path);

        Assert.Empty(drawings.Svgs);
        Assert.Contains("npm ci", missing, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Write_SiteAndFigures_LeavesPagesAndVectorsForPapers()
    {
        using var folder = new TemporaryFolder();
        var told = new List<string>();

        var isWhole = await Publication.WriteAsync(
            [MakeBoard()], Info, folder.File("site"), folder.File("paper"), told.Add);

        Assert.True(isWhole, string.Join("; ", told));
        Assert.True(File.Exists(folder.File("site", "figures", "stability.svg")));
        Assert.StartsWith("<svg", File.ReadAllText(folder.File("paper", "stability.svg")), StringComparison.Ordinal);
        Assert.Equal("%PDF"u8, File.ReadAllBytes(folder.File("paper", "stability.pdf")).AsSpan(0, 4));
        Assert.Equal(
            StaticSite.Figures([MakeBoard()]).Count, Directory.GetFiles(folder.File("paper"), "*.pdf").Length);
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Draw_BoardsFromABundle_GivesTheSameSiteByteForByte()
    {
        Board[] boards = [MakeBoard()];
        var web = Repository.File("leaderboard", "web");
        var again = ResultsBundle.Read(ResultsBundle.Of(boards, Info).Write()).ToBoards();

        var first = StaticSite.Build(boards, Info, (await FigureRenderer.DrawAsync(boards, web)).Drawings);
        var second = StaticSite.Build(again, Info, (await FigureRenderer.DrawAsync(again, web)).Drawings);

        Assert.Contains(first, file => file.Path.EndsWith(".dark.svg", StringComparison.Ordinal));
        Assert.Equal(first.Select(file => (file.Path, file.Text)), second.Select(file => (file.Path, file.Text)));
    }

    private static Board MakeBoard()
    {
        var contest = Some.Contest(casesEach: 3, structures: 2);
        return new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 50 });
    }
}
