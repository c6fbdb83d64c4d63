using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Leaderboard;

public sealed class RankingTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 50 };

    [Fact]
    public void Rank_FailedCase_CountsWithTheWorstValue()
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);
        var all = Some.Cases(contest);
        List<CaseResult> results =
        [
            .. all.Select(one => Some.Result(contest, "good", one.Dataset, one.Case, 0.6)),
            .. all.Select((one, i) => Some.Result(
                contest, "brittle", one.Dataset, one.Case, 0.7, i == 0 ? Ending.Crashed : Ending.Completed)),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal(["good", "brittle"], standings.Entries.Select(standing => standing.Entry.Id));
        var brittle = Overall(standings, "brittle");
        Assert.Equal(0.7 * 5 / 6, brittle.Mean!.Value, 12);
        Assert.Equal(6, brittle.N);
        var coverage = standings.Entries[1].Coverage[0];
        Assert.Equal((6, 5, 1, 0), (coverage.Expected, coverage.Scored, coverage.Failed, coverage.Missing));
        Assert.Equal(1, coverage.Endings[Ending.Crashed]);
    }

    [Fact]
    public void Rank_MissingCase_CountsWithTheWorstValueAndSaysSo()
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);
        var all = Some.Cases(contest);
        List<CaseResult> results =
        [
            .. all.Select(one => Some.Result(contest, "whole", one.Dataset, one.Case, 0.6)),
            .. all.Skip(3).Select(one => Some.Result(contest, "half", one.Dataset, one.Case, 0.8)),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal(0.4, Overall(standings, "half").Mean!.Value, 12);
        Assert.Equal(3, standings.Entries[1].Coverage[0].Missing);
        Assert.All(standings.Comparisons, pair => Assert.False(pair.SameCases));
    }

    [Fact]
    public void Rank_WithholdingBadCases_NeverRaisesTheMean()
    {
        // The published study drops what failed; there, withholding the worst 5 % of cases moves an entry from rank 3
        // to rank 1.
        var contest = Some.Contest();
        var results = Some.Results(contest);
        var before = Ranking.Rank(contest, results, Fast);

        foreach (var entry in before.Entries.Select(standing => standing.Entry.Id))
        {
            var worst = results.Where(result => result.Entry.Id == entry)
                .OrderBy(result => result.Scores.Average(score => score.Dsc) ?? 0).First();
            var after = Ranking.Rank(contest, [.. results.Except([worst])], Fast);

            Assert.True(Overall(after, entry).Mean <= Overall(before, entry).Mean);
        }
    }

    [Fact]
    public void Rank_UndefinedScoreOfACompletedCase_IsLeftOut()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var all = Some.Cases(contest);
        CaseResult Of(int c, double? dsc) => Some.Result(
            Some.Entry("a"), all[c].Dataset, all[c].Case, Ending.Completed,
            [Some.Score("aorta", dsc, reference: dsc is null ? 0 : 100)]);

        var row = Overall(Ranking.Rank(contest, [Of(0, 0.5), Of(1, null), Of(2, 0.7)], Fast), "a");

        Assert.Equal(2, row.N);
        Assert.Equal(0.6, row.Mean!.Value, 12);
    }

    [Fact]
    public void Rank_FalsePositiveOnAnAbsentStructure_HasTheProtocolsValueAndItsVolume()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var all = Some.Cases(contest);
        var results = all.Select((one, c) => Some.Result(Some.Entry("a"), one.Dataset, one.Case, Ending.Completed,
            [
                c == 0
                    ? Some.Score("aorta", 0, 0, reference: 0)
                    : Some.Score("aorta", c == 1 ? null : 0.8, reference: c - 1),
            ]));

        var standing = Ranking.Rank(contest, [.. results], Fast);

        Assert.Equal(0.4, Overall(standing, "a").Mean!.Value, 12);
        Assert.Equal(
            new FalsePositives("aorta", AbsentCases: 2, Cases: 1, FpMl: 9.5),
            standing.Entries[0].FalsePositives.Single());
    }

    [Fact]
    public void Rank_StructureWithoutReference_IsNoLossForAnybody()
    {
        var contest = Some.Contest(casesEach: 1, structures: 2);
        var all = Some.Cases(contest);
        List<CaseResult> results =
        [
            Some.Result(Some.Entry("a"), all[0].Dataset, all[0].Case, Ending.Completed, [Some.Score("aorta", 0.5)]),
            Some.Result(Some.Entry("b"), all[0].Dataset, all[0].Case, Ending.Crashed, [Some.Score("aorta", null)]),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal(0.5, Overall(standings, "a").Mean);
        Assert.Equal(0, Overall(standings, "b").Mean);
        Assert.Null(Row(standings, Scope.All, "gall_bladder", Metric.Dsc, "a").Mean);
    }

    [Fact]
    public void Rank_MeanOverStructures_IsTheMeanOfTheirMeans()
    {
        var contest = Some.Contest(casesEach: 1, structures: 2);
        var all = Some.Cases(contest);
        CaseResult Of(int c, params Touchstone.Evaluators.StructureScore[] scores) =>
            Some.Result(Some.Entry("a"), all[c].Dataset, all[c].Case, Ending.Completed, scores);

        var row = Overall(Ranking.Rank(contest,
            [
                Of(0, Some.Score("aorta", 1.0), Some.Score("gall_bladder", 0.2)), Of(1, Some.Score("aorta", 0.8)),
                Of(2, Some.Score("aorta", 0.9)),
            ], Fast), "a");

        Assert.Equal((0.9 + 0.2) / 2, row.Mean!.Value, 12);
        Assert.Equal(0.8, row.Median!.Value, 12);
    }

    [Fact]
    public void Rank_TwoEqualMeans_ShareTheBetterRank()
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);
        (string, double)[] entries = [("a", 0.9), ("b", 0.8), ("c", 0.8), ("d", 0.1)];
        var results = entries.SelectMany(entry => Some.Cases(contest)
            .Select(one => Some.Result(contest, entry.Item1, one.Dataset, one.Case, entry.Item2)));

        var standings = Ranking.Rank(contest, [.. results], Fast);

        Assert.Equal([1, 2, 2, 4], standings.Entries.Select(standing => standing.Rank));
        Assert.Equal(new(2, 2), Overall(standings, "b").RankInterval);
    }

    [Fact]
    public void Rank_Baseline_StandsWhereItWouldAndMovesNobody()
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);
        (Entry Entry, double Dsc)[] entries =
        [
            (Some.Entry("a"), 0.9), (Some.Entry("base", isBaseline: true), 0.8), (Some.Entry("b"), 0.7),
        ];
        var results = entries.SelectMany(entry => Some.Cases(contest).Select(one => Some.Result(
            entry.Entry, one.Dataset, one.Case, Ending.Completed, [Some.Score("aorta", entry.Dsc)])));

        var standings = Ranking.Rank(contest, [.. results], Fast);

        Assert.Equal(
            [("a", 1), ("base", 2), ("b", 2)], standings.Entries.Select(one => (one.Entry.Id, one.Rank!.Value)));
    }

    [Fact]
    public void Rank_Gap_IsIidMinusOodWithAnIntervalAroundIt()
    {
        var contest = Some.Contest();

        var standings = Ranking.Rank(contest, Some.Results(contest), Fast);

        foreach (var standing in standings.Entries)
        {
            var gap = standing.Gaps[0];
            Assert.Equal((null, Metric.Dsc), (gap.Structure, gap.Metric));
            Assert.Equal(Row(standings, Scope.Iid, null, Metric.Dsc, standing.Entry.Id).Mean, gap.Iid);
            Assert.Equal(gap.Iid - gap.Ood, gap.Value);
            Assert.InRange(gap.Value!.Value, gap.Interval!.Value.Low, gap.Interval!.Value.High);
        }
    }

    [Fact]
    public void Rank_TimedOutCase_TakesItsLimit()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var one = Some.Cases(contest)[0];
        var result = Some.Result(
            Some.Entry("a"), one.Dataset, one.Case, Ending.TimedOut, [Some.Score("aorta", null)], 600.7);

        Assert.Equal(600, Ranking.Rank(contest, [result], Fast).Entries[0].Coverage[0].MeanSeconds);
    }

    [Fact]
    public void Rank_ResultsInAnotherOrder_GivesTheSameBytes()
    {
        var contest = Some.Contest();
        var results = Some.Results(contest);

        Assert.Equal(
            RankJson.Write(Ranking.Rank(contest, results, Fast)),
            RankJson.Write(Ranking.Rank(contest, [.. results.Reverse()], Fast)));
    }

    [Fact]
    public void Rank_NoResults_HasNoEntries() => Assert.Empty(Ranking.Rank(Some.Contest(), [], Fast).Entries);

    [Fact]
    public void Rank_AnotherProtocolOrChallengeOrOneThingTwice_Throws()
    {
        var contest = Some.Contest();
        var result = Some.Results(contest)[0];

        Assert.Throws<ArgumentException>(() => Ranking.Rank(contest, [result with { ToleranceMm = 2 }], Fast));
        Assert.Throws<ArgumentException>(() => Ranking.Rank(contest, [result with { Protocol = "monai" }], Fast));
        Assert.Throws<ArgumentException>(() => Ranking.Rank(contest with { Id = "other" }, [result], Fast));
        Assert.Throws<ArgumentException>(() => Ranking.Rank(contest, [result, result], Fast));
        Assert.Throws<ArgumentException>(() => Ranking.Rank(
            contest, [result, Some.Results(contest)[1] with { Entry = result.Entry with { Team = "X" } }], Fast));
    }

    [Fact]
    public void Rank_CaseThatNobodyRan_CountsForNobody()
    {
        var contest = Some.Contest(casesEach: 2, structures: 1);
        var one = Some.Cases(contest)[0];

        var standings = Ranking.Rank(contest, [Some.Result(contest, "a", one.Dataset, one.Case, 0.9)], Fast);

        Assert.Equal(0.9, Overall(standings, "a").Mean);
        Assert.Equal(5, standings.Entries[0].Coverage[0].Missing);
    }

    private static ScoreRow Overall(Standings standings, string entry) =>
        Row(standings, Scope.All, null, Metric.Dsc, entry);

    private static ScoreRow Row(Standings standings, Scope scope, string? structure, Metric metric, string entry) =>
        standings.Tables.Single(table => (table.Scope, table.Structure, table.Metric) == (scope, structure, metric))
            .Rows.Single(row => row.Entry == entry);
}
