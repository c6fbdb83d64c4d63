using System.Text;
using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Boards on which the last bits of sums, or very few cases, must decide nothing.</summary>
public sealed class RoundingTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 100 };

    [Fact]
    public void EqualMeans_SummedInOtherOrders_ShareRankAndTierAndHaveNoP()
    {
        var contest = Some.Contest(casesEach: 8, structures: 3);
        CaseResult[] results = [.. Of(contest, "a", 0.7, 0.8, 0.9), .. Of(contest, "b", 0.9, 0.8, 0.7), .. Of(contest, "c", 0.5, 0.6, 0.6)];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal([("a", 1), ("b", 1), ("c", 3)], standings.Entries.Select(one => (one.Entry.Id, one.Rank!.Value)));
        Assert.Equal([1, 1, 2], standings.Entries.Select(one => one.Tiers[Metric.Dsc]!.Value));
        Assert.Equal([1, 1, 0], standings.Entries.Select(one => one.SignificantWins[Metric.Dsc]));
        Assert.All(standings.Comparisons.Where(pair => pair.First != "c" && pair.Second != "c"), pair =>
        {
            Assert.Equal((24, null, null, null), (pair.Test.Zeros, pair.Test.P, pair.Test.Method, pair.PHolm));
        });
        Assert.Equal(PMethod.Approximation, standings.Comparisons.First(pair => pair.Second == "c").Test.Method);
        Assert.All(standings.Tables[0].Rows.Take(2), row => Assert.Equal(new Interval(1, 1), row.RankInterval));
        Assert.All(standings.Sensitivity.Schemes.Where(table => table.Missing == MissingRule.Worst && table.Rows[0].Rank is not null),
            table => Assert.Equal(table.Rows[0].Rank, table.Rows[1].Rank));
    }

    [Fact]
    public void EqualCases_InAndOutOfDistribution_HaveAGapWithoutP()
    {
        // 0.8 + 0.8 + 0.8 over three structures is 0.8000000000000002, over one it is 0.8.
        var contest = Some.Contest(casesEach: 10, structures: 3);
        CaseResult[] results = [.. Some.Cases(contest).Select(one => Some.Result(
            Some.Entry("a"), one.Dataset, one.Case, Ending.Completed,
            [.. contest.Structures.Take(one.Case.IsInDistribution ? 3 : 1).Select(name => Some.Score(name, 0.8, 0.8))]))];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.All(standings.Entries[0].Gaps.Where(gap => gap.Structure is null), gap =>
            Assert.Equal((null, null, null), (gap.Test!.P, gap.Test.Method, gap.PHolm)));
        Assert.All(standings.Subgroups.SelectMany(table => table.Rows), row => Assert.Null(row.PHolm));
        Assert.DoesNotContain("NaN", Encoding.UTF8.GetString(RankJson.Write(standings)), StringComparison.Ordinal);
    }

    [Fact]
    public void FivePairs_AllBetter_AreNoWinAndThePagesSayThatPIsExact()
    {
        var contest = Some.Contest(casesEach: 5, structures: 2);
        contest = contest with { Datasets = [contest.Datasets[2]] };
        CaseResult[] results =
        [
            .. Some.Cases(contest).Select((one, i) => Some.Result(contest, "a", one.Dataset, one.Case, 0.9 - (0.01 * i))),
            .. Some.Cases(contest).Select((one, i) => Some.Result(contest, "b", one.Dataset, one.Case, 0.7 - (0.03 * i))),
        ];

        var standings = Ranking.Rank(contest, results, Fast);
        var site = StaticSite.Build([new Board(contest, results, Fast)], new BuildInfo(Some.Now, "test"));

        // The approximation has 0.0216 and, after Holm, a win at 0.043.
        Assert.Equal((1 / 32.0, 2 / 32.0), (standings.Comparisons[0].Test.P, standings.Comparisons[0].PHolm));
        Assert.Equal([0, 0], standings.Entries.Select(one => one.SignificantWins[Metric.Dsc]));
        Assert.Contains("Every p is exact: no two entries differ on more than 14 cases.", Page("pairwise.html"), StringComparison.Ordinal);
        Assert.Contains("Every p is exact", Page("methods.html"), StringComparison.Ordinal);
        Assert.Matches(">0[.]06[23]<", Page("pairwise.html"));
        Assert.Contains(",0.0625,true,exact,\n", Page("data/comparisons.csv"), StringComparison.Ordinal);
        var test = JsonDocument.Parse(RankJson.Write(standings)).RootElement.GetProperty("comparisons")[0].GetProperty("test");
        Assert.Equal(("exact", 1 / 32.0), (test.GetProperty("method").GetString(), test.GetProperty("pExact").GetDouble()));

        string Page(string path) => site.Single(file => file.Path == path).Text;
    }

    [Fact]
    public void PairwisePage_ExactApproximateAndNoP_AreToldApart()
    {
        var contest = Some.Contest(casesEach: 8, structures: 1);
        CaseResult[] results =
        [
            .. Of(contest, "a", 0.9), .. Of(contest, "b", 0.9), .. Of(contest, "c", 0.8),
            .. Some.Cases(contest).Select((one, i) => Some.Result(contest, "d", one.Dataset, one.Case, i < 6 ? 0.1 : 0.9)),
        ];

        var page = StaticSite.Build([new Board(contest, results, Fast)], new BuildInfo(Some.Now, "test"))
            .Single(file => file.Path == "pairwise.html").Text;

        Assert.Contains("p marked † is exact, where two entries differ on 14 cases or fewer", page, StringComparison.Ordinal);
        Assert.Contains("have no p.", page, StringComparison.Ordinal);
        Assert.Contains("no difference", page, StringComparison.Ordinal);
        Assert.Matches(">[0-9.]+ †<", page);
    }

    private static IEnumerable<CaseResult> Of(Contest contest, string entry, params double[] dsc) => Some.Cases(contest).Select(one =>
        Some.Result(
            Some.Entry(entry), one.Dataset, one.Case, Ending.Completed,
            [.. contest.Structures.Zip(dsc, (name, score) => Some.Score(name, score, score))]));
}
