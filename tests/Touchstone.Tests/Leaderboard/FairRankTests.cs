using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

/// <summary>What a team gains by failing, or by sending many: nothing. And what a public board tells of hidden cases.</summary>
public sealed class FairRankTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 50 };

    [Theory]
    [InlineData(Scheme.Flare)]
    [InlineData(Scheme.Pareto)]
    [InlineData(Scheme.BodyMaps2024)]
    public void Rank_GivingUpAtOnce_IsNeverBetterThanBeingSlow(Scheme scheme)
    {
        var contest = With(scheme);
        CaseResult[] results =
        [
            .. Runs(contest, "slow", 0.6, seconds: 90), .. Runs(contest, "other", 0.7, seconds: 40), .. Runs(contest, "third", 0.5, seconds: 30),
            .. Runs(contest, "quitter", 0.6, seconds: 0.1, Ending.Crashed),
        ];

        var table = Ranking.Rank(contest, results, Fast).Sensitivity.Schemes.First(one => one.Scheme == scheme);

        int? RankOf(string id) => table.Rows.First(row => row.Entry == id).Rank;
        Assert.True(RankOf("quitter") is null || RankOf("quitter") > RankOf("slow"), $"{RankOf("quitter")} and {RankOf("slow")}");
    }

    [Fact]
    public void RankedSeconds_OfAFailedCase_AreItsLimit()
    {
        var result = Runs(With(Scheme.MeanThenRank), "one", 0.5, seconds: 3).First();

        Assert.Equal(3, Touchstone.Leaderboard.Runs.RankedSeconds(result));
        foreach (var ending in Enum.GetValues<Ending>().Where(one => one != Ending.Completed))
        {
            Assert.Equal(600, Touchstone.Leaderboard.Runs.RankedSeconds(result with { Ending = ending }));
        }
    }

    [Theory]
    [InlineData(Scheme.SignificantWins)]
    [InlineData(Scheme.RankThenMean)]
    [InlineData(Scheme.Flare)]
    public void Rank_FurtherEntriesOfATeam_MoveNobody(Scheme scheme)
    {
        var contest = With(scheme, cases: 6);
        CaseResult[] honest =
        [
            .. Runs(contest, "a", 0.900, 10, wobble: 0.02), .. Runs(contest, "b", 0.896, 12, wobble: -0.02, team: "B"), .. Runs(contest, "c", 0.5, 8),
        ];
        var copies = Enumerable.Range(1, 5).SelectMany(i => Runs(contest, $"b{i}", 0.896 - (0.004 * i), 12, wobble: 0.01 * (i % 2), team: "B"));

        var before = Ranking.Rank(contest, honest, Fast).Sensitivity.Schemes.First(one => one.Scheme == scheme);
        var after = Ranking.Rank(contest, [.. honest, .. copies], Fast).Sensitivity.Schemes.First(one => one.Scheme == scheme);
        var each = Ranking.Rank(
            contest with { Rules = contest.Rules with { EntriesOfTeam = EntriesOfTeam.Each } }, [.. honest, .. copies], Fast)
            .Sensitivity.Schemes.First(one => one.Scheme == scheme);

        Assert.Equal(Values(before), Values(after).Where(one => one.Entry.Length == 1));
        Assert.NotEqual(Values(before), Values(each).Where(one => one.Entry.Length == 1));
    }

    [Fact]
    public void Rank_ImportedMethodsOfOneTeam_AreEachOnTheirOwn()
    {
        var contest = With(Scheme.RankThenMean, cases: 2);
        var entries = new[] { ("x", 0.9), ("y", 0.8) }.SelectMany(one => Runs(contest, one.Item1, one.Item2, 10, team: "Paper")).ToList();
        var imported = entries.Select(result => result with { Entry = result.Entry with { Origin = EntryOrigin.Imported } });

        static double?[] Ranks(Standings standings) =>
            [.. standings.Sensitivity.Schemes.First(one => one is { Scheme: Scheme.RankThenMean, Metric: Metric.Dsc }).Rows.Select(row => row.Value)];

        Assert.Equal([1, 1], Ranks(Ranking.Rank(contest, entries, Fast)));
        Assert.Equal([1, 2], Ranks(Ranking.Rank(contest, imported, Fast)));
    }

    [Fact]
    public void Subgroups_OfHiddenCases_AreMadeOnlyWhereTheirMetadataArePublic()
    {
        var contest = Some.Contest(casesEach: 8);
        var hidden = contest with { Datasets = [.. contest.Datasets.Select(one => one with { TellsMetadata = false })] };

        var told = Ranking.Rank(contest, Some.Results(contest), Fast).Subgroups.First(one => one.Attribute == "sex");
        var kept = Ranking.Rank(hidden, Some.Results(hidden), Fast).Subgroups.First(one => one.Attribute == "sex");

        Assert.Equal([12, 12], told.Groups.Select(group => group.Cases));
        Assert.Equal([4, 4], kept.Groups.Select(group => group.Cases)); // those of the public dataset
    }

    [Fact]
    public void PublicResults_OfHiddenCases_SayNeitherTheirOrderNorTheirMinute()
    {
        var contest = Some.Contest(casesEach: 8);
        var board = new Board(contest, Some.Results(contest), Fast);

        foreach (var entry in board.Bundled.Results.Where(one => one.Case.Dataset == "north").GroupBy(one => one.Entry.Id))
        {
            var shown = entry.Select(one => one.Case.Case).ToList();
            Assert.Equal(shown.Order(StringComparer.Ordinal), shown);
            Assert.All(entry, one => Assert.Equal(TimeSpan.Zero, one.Timing.StartedAt.TimeOfDay));
        }

        using var text = new MemoryStream();
        PublicResultsJson.Write(text, board.Scores, ResultSet.Of(board.Bundled.Results));
        using var json = System.Text.Json.JsonDocument.Parse(text.ToArray());
        Assert.All(
            json.RootElement.GetProperty("results").EnumerateArray().Where(one => one.GetProperty("dataset").GetString() == "north"),
            one => Assert.Contains("T00:00:00", one.GetProperty("timing").GetProperty("startedAt").GetString()!, StringComparison.Ordinal));
    }

    private static (string Entry, double? Value)[] Values(SchemeTable table) =>
        [.. table.Rows.Select(row => (row.Entry, row.Value)).OrderBy(row => row.Entry, StringComparer.Ordinal)];

    private static Contest With(Scheme scheme, int cases = 4) => Some.Contest(cases, structures: 2) with
    {
        Rules = new RankingRules { Scheme = scheme },
    };

    private static IEnumerable<CaseResult> Runs(
        Contest contest, string entry, double dsc, double seconds, Ending ending = Ending.Completed, double wobble = 0, string? team = null) =>
        Some.Cases(contest).Select((one, i) => Some.Result(contest, entry, one.Dataset, one.Case, dsc + (i % 3 == 0 ? wobble : 0), ending))
            .Select(result => result with
            {
                Entry = result.Entry with { Team = team ?? result.Entry.Team },
                Limits = result.Limits with { Gpu = true },
                Timing = result.Timing with { RunSeconds = seconds },
                Gpu = new GpuUse
                {
                    Source = GpuSource.Processes,
                    Samples = 2,
                    LargestGapSeconds = 0.1,
                    PeakBytes = 1 << 30,
                    AreaMibSeconds = 1000 * seconds,
                    AreaAboveToleranceMibSeconds = 10 * seconds,
                    UtilizationPercent = null,
                    Curve = [],
                },
            });
}
