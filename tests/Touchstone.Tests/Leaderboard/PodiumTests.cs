using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

public sealed class PodiumTests
{
    [Theory]
    [InlineData(new[] { 0.9, 0.8 }, new int[0])] // two are no podium
    [InlineData(new[] { 0.9, 0.8, 0.7 }, new[] { 1, 2, 3 })]
    [InlineData(new[] { 0.9, 0.8, 0.7, 0.6 }, new[] { 1, 2, 3 })]
    [InlineData(new[] { 0.9, 0.9, 0.7, 0.6 }, new[] { 1, 1, 3 })]
    [InlineData(new[] { 0.9, 0.8, 0.8, 0.8, 0.6 }, new[] { 1, 2, 2, 2 })]
    [InlineData(new[] { 0.9, 0.8, 0.7, 0.7, 0.6 }, new[] { 1, 2, 3, 3 })]
    [InlineData(new[] { 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9 }, new int[0])] // everybody is nobody
    public void OnPodium_Scores_AreTheFirstThreeRanksWithAllWhoShareThem(double[] scores, int[] expected)
    {
        var board = MakeBoard(scores);

        Assert.Equal(expected, IndexPage.OnPodium(board).Select(standing => standing.Rank!.Value));
        Assert.Equal(expected.Length > 0, board.Figures.Any(figure => figure.Name == "podium"));
    }

    [Fact]
    public void Page_SharedRank_SaysThatItIsShared()
    {
        var index = StaticSite.Build([MakeBoard([0.9, 0.9, 0.7])], new BuildInfo(Some.Now, "test"))
            .Single(file => file.Path == "index.html").Text;

        Assert.Equal(2, index.Split("Rank shared; rank").Length - 1);
        Assert.Equal(2, index.Split("class=\"step m1\"").Length - 1);
        Assert.DoesNotContain("class=\"step m2\"", index, StringComparison.Ordinal);
    }

    [Fact]
    public void OnPodium_Baselines_NeitherStandThereNorCount()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var results = Some.Cases(contest).SelectMany(one => new[]
        {
            Some.Result(contest, "a", one.Dataset, one.Case, 0.9), Some.Result(contest, "b", one.Dataset, one.Case, 0.8),
            Some.Result(contest, "base", one.Dataset, one.Case, 0.7) with { Entry = Some.Entry("base", isBaseline: true) },
        }).ToArray();

        Assert.Empty(IndexPage.OnPodium(new Board(contest, results, new RankingOptions { Resamples = 20 })));
    }

    private static Board MakeBoard(double[] scores)
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var results = Some.Cases(contest).SelectMany(one => scores.Select((score, i) =>
            Some.Result(contest, $"e{i}", one.Dataset, one.Case, score))).ToArray();
        return new Board(contest, results, new RankingOptions { Resamples = 20 });
    }
}
