using System.Text;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Entries and boards without any defined score: undefined, without a rank, and still a page and valid JSON.</summary>
public sealed class UndefinedTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 50 };

    [Theory]
    [InlineData(Protocol.Monai)]
    [InlineData(Protocol.BodyMaps2024)]
    public void Rank_FailureWhereTheProtocolHasNoScore_IsWorthNothing(string protocol)
    {
        var contest = Some.Contest(casesEach: 1, structures: 1) with { Protocol = protocol };
        var all = Some.Cases(contest);
        CaseResult[] results =
        [
            .. from entry in (Ending[])[Ending.Completed, Ending.Crashed]
               from one in all
               select Some.Result(
                   Some.Entry(entry == Ending.Completed ? "careful" : "broken"), one.Dataset, one.Case, entry,
                   [Some.Score("aorta", null, reference: 0)]),
        ];

        var standings = Ranking.Rank(contest, [.. results.Select(one => one with { Protocol = protocol })], Fast);

        Assert.All(standings.Entries, standing => Assert.Null(standing.Rank));
        Assert.Null(Mean(standings, "broken", Metric.Dsc));
        Assert.Null(Mean(standings, "careful", Metric.Dsc));
        Assert.DoesNotContain("NaN", Encoding.UTF8.GetString(RankJson.Write(standings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_FailureOnAnAbsentStructure_UnderSurfaceDistance_IsWorthZeroAsAFalsePositiveIs()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var one = Some.Cases(contest)[0];
        CaseResult Of(string entry, Ending ending) => Some.Result(
            Some.Entry(entry), one.Dataset, one.Case, ending, [Some.Score("aorta", null, reference: 0)]);

        var standings = Ranking.Rank(contest, [Of("careful", Ending.Completed), Of("broken", Ending.Crashed)], Fast);

        Assert.Equal(0, Mean(standings, "broken", Metric.Dsc));
        Assert.Null(Mean(standings, "careful", Metric.Dsc));
    }

    [Theory]
    [InlineData(Protocol.SurfaceDistance)]
    [InlineData(Protocol.Monai)]
    [InlineData(Protocol.BodyMaps2024)]
    public void ScoresOfAbsent_AreWhatTheMetricsGive(string protocol)
    {
        byte[] found = new byte[27];
        found[13] = 1;

        var score = Evaluators.Some.Score(Evaluators.Some.Geometry(3, 3, 3), new byte[27], found, new Protocol { Name = protocol });

        Assert.Equal(Protocol.HasDscOfAbsent(protocol), score.Dsc is not null);
        Assert.Equal(Protocol.HasNsdOfAbsent(protocol), score.Nsd is not null);
    }

    [Fact]
    public void Rank_ImportWithoutAMetric_HasItNowhere()
    {
        var contest = Some.Contest(casesEach: 2, structures: 1);
        ImportedScores[] imports =
        [
            .. contest.Datasets.Select(dataset => Some.Import("both", dataset, new ImportedCase(dataset.Cases[0].Id, [0.5], [0.6]),
                new ImportedCase(dataset.Cases[1].Id, [0.5], [0.6]))),
            .. contest.Datasets.Select(dataset => Some.Import("dsc-only", dataset, new ImportedCase(dataset.Cases[0].Id, [0.9], [null]))),
        ];

        var standings = Ranking.Rank(contest, [], Fast, imports);

        Assert.Equal(0.45, Mean(standings, "dsc-only", Metric.Dsc)!.Value, 12);
        Assert.Null(Mean(standings, "dsc-only", Metric.Nsd));
        Assert.Equal(0.6, Mean(standings, "both", Metric.Nsd)!.Value, 12);
    }

    [Fact]
    public void Rank_ImportOfBlankCellsOnly_HasNoRankBesideAnother()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        ImportedScores[] imports =
        [
            Some.Import("blank", contest.Datasets[0], new ImportedCase(contest.Datasets[0].Cases[0].Id, [null], [null])),
            Some.Import("scored", contest.Datasets[0], new ImportedCase(contest.Datasets[0].Cases[0].Id, [0.1], [0.1])),
        ];

        var standings = Ranking.Rank(contest, [], Fast, imports);

        Assert.Equal([("scored", (int?)1), ("blank", null)], standings.Entries.Select(one => (one.Entry.Id, one.Rank)));
        Assert.Null(Mean(standings, "blank", Metric.Dsc));
    }

    [Fact]
    public void Rank_BlankWhereAnotherStudyHasANumber_IsScoredShort()
    {
        var contest = Some.Contest(casesEach: 2, structures: 1);
        var dataset = contest.Datasets[0];
        ImportedScores[] imports =
        [
            Some.Import("short", dataset, new ImportedCase(dataset.Cases[0].Id, [0.8], [0.8]), new ImportedCase(dataset.Cases[1].Id, [null], [null])),
            Some.Import("whole", dataset, new ImportedCase(dataset.Cases[0].Id, [0.5], [0.5]), new ImportedCase(dataset.Cases[1].Id, [0.5], [0.5])),
        ];

        Assert.Equal(0.4, Mean(Ranking.Rank(contest, [], Fast, imports), "short", Metric.Dsc)!.Value, 12);
    }

    [Theory]
    [InlineData(Scheme.MeanThenRank)]
    [InlineData(Scheme.SignificantWins)]
    [InlineData(Scheme.BodyMaps2024)]
    [InlineData(Scheme.Flare)]
    public void Site_OfABoardWithoutAnyScore_SaysSoAndHasEveryPageAndFigure(Scheme scheme)
    {
        var contest = Some.Contest(casesEach: 2, structures: 2) with { Rules = new RankingRules { Scheme = scheme } };
        ImportedScores[] imports =
        [
            .. from dataset in contest.Datasets
               from id in Enumerable.Range(1, 4)
               select Some.Import(
                   $"entry-{id}", dataset,
                   [.. dataset.Cases.Select(one => new ImportedCase(one.Id, [null, null], [null, null]))]),
        ];

        var board = new Board(contest, ResultSet.Of([]), imports: imports);
        var files = StaticSite.Build([board], new BuildInfo(Some.Now, Some.Version));
        var pages = files.ToDictionary(file => file.Path, Text, StringComparer.Ordinal);

        Assert.Contains("nothing is annotated", pages["index.html"], StringComparison.Ordinal);
        Assert.All(pages.Where(page => page.Key.EndsWith(".json", StringComparison.Ordinal)
            || page.Key.EndsWith(".csv", StringComparison.Ordinal)), page =>
            Assert.DoesNotContain("NaN", page.Value, StringComparison.Ordinal));
        Assert.NotEmpty(StaticSite.Figures([board]));
    }

    private static string Text(SiteFile file)
    {
        using var stream = new MemoryStream();
        file.WriteTo(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static double? Mean(Standings standings, string entry, Metric metric) => standings.Tables
        .First(table => table.Scope == Scope.All && table.Structure is null && table.Metric == metric)
        .Rows.First(row => row.Entry == entry).Mean;
}
