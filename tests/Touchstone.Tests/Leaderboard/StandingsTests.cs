using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Figures beside the ranks: gaps, hard structures, subgroups, agreement.</summary>
public sealed class StandingsTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 200 };

    private static readonly Lazy<Standings> Ranked = new(() => Ranking.Rank(Some.Contest(), Some.Results(Some.Contest()), Fast));

    [Fact]
    public void Rank_OneThreadOrMany_GivesTheSameBytes()
    {
        var (contest, results) = (Some.Contest(), Some.Results(Some.Contest()));

        Assert.Equal(
            RankJson.Write(Ranking.Rank(contest, results, Fast with { Threads = 1 })),
            RankJson.Write(Ranking.Rank(contest, results, Fast with { Threads = 4 })));
    }

    [Fact]
    public void Gap_Test_IsMannWhitneyOnTheCasesOfBothKinds()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);
        var gap = Ranked.Value.Entries.Single(one => one.Entry.Id == "s-aurora").Gaps
            .Single(one => (one.Structure, one.Metric) == ("liver", Metric.Dsc));
        double[] Values(bool isIid) => [.. results
            .Where(result => result.Entry.Id == "s-aurora" && (result.Case.Dataset == "north") == isIid)
            .Select(result => result.Ending == Ending.Completed
                ? result.Scores.Single(score => score.Structure == "liver").Dsc : 0).OfType<double>()];

        Assert.Equal(MannWhitney.Test(Values(true), Values(false)), gap.Test);
        Assert.True(gap.PHolm >= gap.Test!.P);
    }

    [Fact]
    public void HardTables_Means_AreThoseOfTheHardStructuresAlone()
    {
        var standings = Ranked.Value;
        var hard = standings.HardTables.Single(table => (table.Scope, table.Metric) == (Scope.All, Metric.Dsc));
        string[] names = ["aorta", "gall_bladder", "pancreas", "postcava"];

        foreach (var row in hard.Rows)
        {
            var expected = names.Average(name => standings.Tables.Single(
                table => (table.Scope, table.Structure, table.Metric) == (Scope.All, name, Metric.Dsc)).Rows
                .Single(one => one.Entry == row.Entry).Mean);
            Close.To(expected!.Value, row.Mean, 1e-12);
        }

        var standing = standings.Entries[0];
        Assert.Equal(2, standing.HardGaps.Count);
        Close.To(standing.HardGaps[0].Iid!.Value - standing.HardGaps[0].Ood!.Value, standing.HardGaps[0].Value, 1e-15);
    }

    [Fact]
    public void HardTables_OnlyHardOrOnlyEasyStructures_AreLeftOut()
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);

        var standings = Ranking.Rank(contest, [.. Some.Cases(contest)
            .Select(one => Some.Result(contest, "a", one.Dataset, one.Case, 0.9))], Fast);

        Assert.Empty(standings.HardTables);
        Assert.Empty(standings.Entries[0].HardGaps);
    }

    [Fact]
    public void RankShifts_AreTheRanksOnBothKindsOfCases()
    {
        var standings = Ranked.Value;

        foreach (var standing in standings.Entries)
        {
            var shift = standing.RankShifts.Single(one => one.Metric == Metric.Dsc);
            Assert.Equal((Rank(Scope.Iid), Rank(Scope.Ood), Rank(Scope.Ood) - Rank(Scope.Iid)), (shift.Iid, shift.Ood, shift.Change));

            int? Rank(Scope scope) => standings.Tables.First(table => table.Scope == scope).Rows
                .Single(row => row.Entry == standing.Entry.Id).MeanThenRank;
        }

        Assert.InRange(standings.IidOodAgreement!.Value, -1, 1);
    }

    [Fact]
    public void Subgroups_SmallGroups_AreCountedButNeitherScoredNorTested()
    {
        var contest = Some.Contest();
        contest = contest with
        {
            Datasets = [.. contest.Datasets.Select(dataset => dataset with
            {
                Cases = [.. dataset.Cases.Select((one, i) => one with
                {
                    Metadata = new Dictionary<string, string> { ["phase"] = i == 0 ? "late" : i % 2 == 0 ? "portal" : "native" },
                })],
            })],
        };

        var table = Ranking.Rank(contest, Some.Results(contest), Fast).Subgroups[0];

        Assert.Equal(
            [new Subgroup("late", 3, false), new Subgroup("native", 12, true), new Subgroup("portal", 9, true)], table.Groups);
        Assert.All(table.Rows, row =>
        {
            Assert.Null(row.Scores[0]);
            Assert.Equal(1, row.Test!.DegreesOfFreedom);
            Assert.Equal(("native", "portal"), (row.Pairs.Single().First, row.Pairs.Single().Second));
            Assert.Equal(row.Scores.OfType<SubgroupScore>().Min(score => score.Mean), row.WorstMean);
            Assert.True(row.PHolm >= row.Test.P);
        });
    }

    [Fact]
    public void SubgroupGroups_Numbers_AreRangesOfTenWithAdultsFrom18()
    {
        string?[] ages = ["15", "17", "18", "29", "30", "39", "40.5", "55", "61", "72", "83", "95", "96", null];

        var groups = Subgroups.Groups("age", ages);

        Assert.Equal(
            ["10-17", "18-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90-99"], groups.Select(group => group.Name));
        Assert.Equal([[0, 1], [2, 3]], groups.Take(2).Select(group => group.Cases));
        Assert.Equal(["80", "100", "120"], Subgroups.Groups("kvp", ["120", "80", "100", "80"]).Select(group => group.Name));
        Assert.Equal(["b", "ä"], Subgroups.Groups("x", ["ä", "b", "ä"]).Select(group => group.Name));
    }

    [Fact]
    public void Latex_Standings_AreAsTheGoldenFile() =>
        Golden.Check("leaderboard/table.tex", LatexTable.Write(Some.Contest(), Ranked.Value));
}
