using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

public sealed class SchemeTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 50 };

    [Fact]
    public void Names_OfEveryScheme_LeadBackToIt()
    {
        Assert.Equal(
            ["mean-then-rank", "median-then-rank", "rank-then-mean", "significant-wins", "bodymaps-2024", "flare", "pareto"],
            SchemeNames.All);
        Assert.Equal(Enum.GetValues<Scheme>(), SchemeNames.All.Select(name => SchemeNames.Find(name)!.Value));
        Assert.Null(SchemeNames.Find("best"));
    }

    [Fact]
    public void BodyMaps_Score_IsAccuracyOverSecondsAndGpuArea()
    {
        var contest = With(Scheme.BodyMaps2024);
        List<CaseResult> results =
        [
            .. Runs(contest, "good", dsc: 0.9, seconds: 20, gpuArea: 4000),
            .. Runs(contest, "thrifty", dsc: 0.8, seconds: 10, gpuArea: 1000),
            .. Runs(contest, "unknown", dsc: 0.95, seconds: 10, gpuArea: null),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        var table = standings.Sensitivity.Schemes[0];
        Assert.Equal(Scheme.BodyMaps2024, table.Scheme);
        Assert.Equal(["thrifty", "good", "unknown"], standings.Entries.Select(one => one.Entry.Id));
        Assert.Equal([1, 2, null], standings.Entries.Select(one => one.Rank));
        Close.To(0.8 * (0.8 * 0.95) / (10.0 * 1000), table.Rows[0].Value, 1e-12);
        Assert.Null(table.Note);
    }

    [Fact]
    public void BodyMaps_NothingMeasured_RanksByMeanDscAndSaysWhyEverywhere()
    {
        var contest = With(Scheme.BodyMaps2024);
        CaseResult[] results =
        [
            .. Runs(contest, "a", 0.9, 20, gpuArea: null), .. Runs(contest, "b", 0.8, 2, gpuArea: null),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal(Scheme.MeanThenRank, standings.Scheme);
        Assert.Equal(Scheme.BodyMaps2024, standings.Unranked?.Scheme);
        Assert.Equal([1, 2], standings.Entries.Select(one => one.Rank));
        Assert.All(
            standings.Sensitivity.Schemes.Single(table => table.Scheme == Scheme.BodyMaps2024).Rows, row => Assert.Null(row.Rank));
        Assert.Contains("GPU memory", standings.Unranked!.Reason, StringComparison.Ordinal);
        Assert.Contains("GPU memory", LatexTable.Write(contest, standings), StringComparison.Ordinal);
        var index = StaticSite.Build([new Board(contest, results, Fast)], new BuildInfo(Some.Now, "test"))
            .Single(file => file.Path == "index.html").Text;
        Assert.Contains("No entry has its GPU memory measured", index, StringComparison.Ordinal);
        Assert.Contains("Until then the board is ranked by mean DSC.", index, StringComparison.Ordinal);
    }

    [Fact]
    public void BodyMaps_OneNotMeasured_StandsWithoutARankAndTheBoardSaysSo()
    {
        var contest = With(Scheme.BodyMaps2024);
        CaseResult[] results =
        [
            .. Runs(contest, "good", 0.9, 20, gpuArea: 4000), .. Runs(contest, "unknown", 0.95, 10, gpuArea: null),
        ];

        var index = StaticSite.Build([new Board(contest, results, Fast)], new BuildInfo(Some.Now, "test"))
            .Single(file => file.Path == "index.html").Text;

        Assert.Contains("It is undefined for 1 entry, shown below the others without a rank.", index, StringComparison.Ordinal);
        Assert.Contains("data-label=\"BodyMaps 2024\"", index, StringComparison.Ordinal);
    }

    [Fact]
    public void BodyMaps2024_TheChallenge_RanksByItsOwnScore() => Assert.Equal(
        "bodymaps-2024", Touchstone.Submissions.ChallengeFile.ReadBuiltIn("bodymaps-2024").Scheme);

    [Fact]
    public void Flare_Ranks_AreAveragedWithHalfWeightForResources()
    {
        var contest = With(Scheme.Flare);
        List<CaseResult> results =
        [
            .. Runs(contest, "accurate", dsc: 0.9, seconds: 20, gpuArea: 9000, above: 500),
            .. Runs(contest, "quick", dsc: 0.8, seconds: 10, gpuArea: 4000, above: 0),
        ];

        var rows = Ranking.Rank(contest, results, Fast).Sensitivity.Schemes[0].Rows;

        // accurate: DSC 1, NSD 1, seconds 2, GPU 2; quick the other way round; weights 1, 1, ½, ½.
        Assert.Equal(("accurate", (1 + 1 + 0.5 * 2 + 0.5 * 2) / 3), (rows[0].Entry, rows[0].Value!.Value));
        Assert.Equal(("quick", (2 + 2 + 0.5 * 1 + 0.5 * 1) / 3), (rows[1].Entry, rows[1].Value!.Value));
    }

    [Fact]
    public void Flare_MemoryUnderTheTolerance_CountsAsNone()
    {
        var contest = With(Scheme.Flare);
        List<CaseResult> results =
        [
            .. Runs(contest, "a", dsc: 0.9, seconds: 20, gpuArea: 9000, above: 0),
            .. Runs(contest, "b", dsc: 0.9, seconds: 20, gpuArea: 100, above: 0),
        ];

        Assert.Equal([1, 1], Ranking.Rank(contest, results, Fast).Entries.Select(one => one.Rank));
    }

    [Fact]
    public void Flare_StuckOrMissingCase_TakesAnHourAndIsWorstInEverything()
    {
        var contest = With(Scheme.Flare, cases: 2);
        var stuck = Runs(contest, "stuck", dsc: 0.9, seconds: 1, gpuArea: 10).ToList();
        stuck[0] = stuck[0] with { Ending = Ending.TimedOut };
        List<CaseResult> results =
        [
            .. stuck.Take(2),
            .. Runs(contest, "slow", dsc: 0.5, seconds: 3000, gpuArea: 9000, above: 8000),
        ];

        var standings = Ranking.Rank(contest, results, Fast);
        var row = standings.Sensitivity.Schemes[0].Rows.Single(one => one.Entry == "stuck");

        // Of six cases one timed out and four are missing: rank 2 in everything; in the other one rank 1 in everything.
        Close.To((5 * 2 + 1) / 6.0, row.Value, 1e-12);
    }

    [Fact]
    public void Pareto_Fronts_AreThoseOfAccuracyAndSpeed()
    {
        var contest = With(Scheme.Pareto);
        List<CaseResult> results =
        [
            .. Runs(contest, "best", 0.9, 30), .. Runs(contest, "fast", 0.7, 5), .. Runs(contest, "slower", 0.7, 20),
            .. Runs(contest, "worst", 0.6, 50),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal(
            [("best", 1), ("fast", 1), ("slower", 3), ("worst", 4)], standings.Entries.Select(one => (one.Entry.Id, one.Rank!.Value)));
        Assert.Equal([1.0, 1, 2, 3], standings.Sensitivity.Schemes[0].Rows.Select(row => row.Value!.Value));
    }

    [Fact]
    public void ParetoFronts_EqualEntriesAndBaselines_ShareAFrontAndPushNobody() => Assert.Equal(
        [1.0, 1, 1, 2, null],
        ParetoFronts.Of([(0.9, 1), (0.9, 1), (0.95, 0.5), (0.5, 2), (null, 1)], [true, true, false, true, true]));

    [Fact]
    public void Weights_OfStructures_ChangeMeansRanksAndCaseMeans()
    {
        var contest = Some.Contest(casesEach: 1, structures: 2);
        var one = Some.Cases(contest)[0];
        CaseResult Of(string entry, double aorta, double gallBladder) => Some.Result(
            Some.Entry(entry), one.Dataset, one.Case, Ending.Completed,
            [Some.Score("aorta", aorta), Some.Score("gall_bladder", gallBladder)]);
        CaseResult[] results = [Of("a", 0.9, 0.5), Of("b", 0.6, 0.75)];
        var weighted = contest with { Rules = new RankingRules { Weights = new Dictionary<string, double> { ["gall_bladder"] = 3 } } };

        var (plain, heavy) = (Ranking.Rank(contest, results, Fast), Ranking.Rank(weighted, results, Fast));

        Assert.Equal(["a", "b"], plain.Entries.Select(standing => standing.Entry.Id));
        Assert.Equal(["b", "a"], heavy.Entries.Select(standing => standing.Entry.Id));
        Close.To((0.6 + 3 * 0.75) / 4, heavy.Tables[0].Rows[0].Mean, 1e-15);
        Close.To((0.6 + 3 * 0.75) / 4, heavy.Tables[0].Rows[0].Median, 1e-15);
        Close.To((2 + 3 * 1) / 4.0, heavy.Tables[0].Rows[0].MeanRank, 1e-15);
        Close.To((0.6 + 3 * 0.75) / 4, heavy.Tables[0].Rows[0].Interval!.Value.Low, 1e-15);
    }

    [Fact]
    public void Contaminated_Entry_IsShownButNotRankedAndMovesNobody()
    {
        var contest = Some.Contest(casesEach: 2, structures: 2);
        contest = contest with
        {
            Datasets = [contest.Datasets[0], contest.Datasets[1] with { Overlaps = ["coast", "coasts-of-the-world"] }, contest.Datasets[2]],
        };
        List<CaseResult> results =
        [
            .. Some.Cases(contest).Select(one => Some.Result(contest, "clean", one.Dataset, one.Case, 0.8)),
            .. Some.Cases(contest).Select(one => Some.Result(contest, "seen", one.Dataset, one.Case, 0.9))
                .Select(result => result with { Entry = result.Entry with { TrainedOn = ["coasts-of-the-world"] } }),
        ];

        var standings = Ranking.Rank(contest, results, Fast);

        Assert.Equal(["seen", "clean"], standings.Entries.Select(one => one.Entry.Id));
        Assert.Equal([null, 1], standings.Entries.Select(one => one.Rank));
        Assert.Equal(["coast"], standings.Entries[0].ContaminatedOn);
        ScoreRow[] Rows(Scope scope) => [.. standings.Tables.First(table => table.Scope == scope).Rows];
        Assert.Equal([null, 1], Rows(new Scope(ScopeKind.Dataset, "coast")).Select(row => row.MeanThenRank));
        Assert.Equal([1, 2], Rows(new Scope(ScopeKind.Dataset, "north")).Select(row => row.MeanThenRank));
        Assert.Empty(Rows(new Scope(ScopeKind.Dataset, "coast"))[0].RankCounts);
        Assert.Null(standings.Entries[0].Tiers[Metric.Dsc]);
        Assert.Equal([new RankShift(Metric.Dsc, 1, null), new RankShift(Metric.Nsd, 1, null)], standings.Entries[0].RankShifts);
    }

    [Fact]
    public void Tiers_Entries_AreComparedWithTheLeaderOfTheirTier() =>
        Assert.Equal([1, 1, 2, 2, 3], Tiers.Of([4, 3, 2, 1, 0], (a, b) => a - b >= 2));

    private static Contest With(Scheme scheme, int cases = 1) => Some.Contest(cases, structures: 2) with
    {
        Rules = new RankingRules { Scheme = scheme },
    };

    private static IEnumerable<CaseResult> Runs(
        Contest contest, string entry, double dsc, double seconds, double? gpuArea = null, double above = 0) =>
        Some.Cases(contest).Select(one => Some.Result(contest, entry, one.Dataset, one.Case, dsc)).Select(result => result with
        {
            Limits = result.Limits with { Gpu = true },
            Timing = result.Timing with { RunSeconds = seconds },
            Gpu = gpuArea is null ? null : new GpuUse
            {
                Source = GpuSource.Processes,
                Samples = 2,
                LargestGapSeconds = 0.1,
                PeakBytes = 1 << 30,
                AreaMibSeconds = gpuArea,
                AreaAboveToleranceMibSeconds = above,
                UtilizationPercent = null,
                Curve = [],
            },
        });
}
