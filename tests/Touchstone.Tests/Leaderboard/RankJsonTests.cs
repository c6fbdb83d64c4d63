using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

public sealed class RankJsonTests
{
    [Fact]
    public void Write_Standings_IsJsonWithNullForUndefined()
    {
        var contest = Some.Contest(casesEach: 1, structures: 2);
        var one = Some.Cases(contest)[0];
        var result = Some.Result(
            Some.Entry("a"), one.Dataset, one.Case, Ending.Completed, [Some.Score("aorta", 0.1 + 0.2)]);

        var json = JsonDocument.Parse(RankJson.Write(Ranking.Rank(contest, [result], new() { Resamples = 50 }))).RootElement;

        var tables = json.GetProperty("tables").EnumerateArray().ToArray();
        Assert.Equal("all", tables[0].GetProperty("scope").GetProperty("kind").GetString());
        Assert.Equal("dsc", tables[0].GetProperty("metric").GetString());
        Assert.Equal(JsonValueKind.Null, tables[0].GetProperty("structure").ValueKind);
        Assert.Equal(0.1 + 0.2, tables[0].GetProperty("rows")[0].GetProperty("mean").GetDouble());
        Assert.Equal(JsonValueKind.Null, tables[0].GetProperty("rows")[0].GetProperty("sd").ValueKind);
        Assert.Equal(1, json.GetProperty("entries")[0].GetProperty("coverage")[0].GetProperty("endings")
            .GetProperty("completed").GetInt32());
    }

    [Fact]
    public void Write_SmallContest_IsAsTheGoldenFile()
    {
        var contest = Some.Contest(casesEach: 3, structures: 1);
        contest = contest with { Datasets = [contest.Datasets[0]] };
        List<CaseResult> results =
        [
            .. Some.Cases(contest).Select((one, i) => Some.Result(contest, "a", one.Dataset, one.Case, 0.9 - i * 0.125)),
            .. Some.Cases(contest).Take(2).Select((one, i) => Some.Result(
                contest, "b", one.Dataset, one.Case, 0.5, i == 0 ? Ending.OutOfMemory : Ending.Completed)),
        ];

        var json = RankJson.Write(Ranking.Rank(contest, results, new() { Resamples = 50 }));

        Golden.Check("leaderboard/rank.json", System.Text.Encoding.UTF8.GetString(json));
    }
}
