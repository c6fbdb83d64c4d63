using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

public sealed class ScoresCsvTests
{
    [Fact]
    public void Scores_FailedCase_HasAnEmptyScoreAndAZeroThatCounts()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var results = contest.Datasets.Select((dataset, i) => Some.Result(
            contest, "a", dataset, dataset.Cases[0], 0.1 + 0.2, i == 0 ? Ending.Crashed : Ending.Completed));

        var rows = Parse(ScoresCsv.Scores(contest, [.. results]));

        Assert.Equal(("crashed", "", "0"), (rows[0]["ending"], rows[0]["dsc"], rows[0]["dsc_counted"]));
        Assert.Equal("0.30000000000000004", rows[1]["dsc"]);
        Assert.Equal(rows[1]["dsc"], rows[1]["dsc_counted"]);
        Assert.Equal(("open", "OPEN_0001", "10"), (rows[2]["dataset"], rows[2]["case"], rows[2]["reference_ml"]));
    }

    [Fact]
    public void Cases_MissingCase_IsARowOfItsOwn()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var one = contest.Datasets[0];

        var rows = Parse(ScoresCsv.Cases(contest, [Some.Result(contest, "a", one, one.Cases[0], 0.5)]));

        Assert.Equal(["completed", "missing", "missing"], rows.Select(row => row["ending"]));
        Assert.Equal(["12.5", "", ""], rows.Select(row => row["seconds_counted"]));
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("@a", "'@a")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void Scores_TeamNamesFromOutside_CannotBreakTheTableOrRunInASpreadsheet(string team, string expected)
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var one = contest.Datasets[0];
        var result = Some.Result(
            Some.Entry("a", team, "method"), one, one.Cases[0], Ending.Completed, [Some.Score("aorta", 0.5)]);

        var line = ScoresCsv.Scores(contest, [result]).Split('\n')[1];

        Assert.StartsWith($"a,{expected},method,north,", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_NegativeNumbers_StayNumbers()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var results = contest.Datasets.Select((dataset, i) =>
            Some.Result(contest, "a", dataset, dataset.Cases[0], i == 0 ? 0.25 : 0.75));

        var rows = Parse(ScoresCsv.Gaps(Ranking.Rank(contest, [.. results], new RankingOptions { Resamples = 10 })));

        Assert.Equal("-0.5", rows[0]["gap"]);
    }

    private static Dictionary<string, string>[] Parse(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        return [.. lines.Skip(1)
            .Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
