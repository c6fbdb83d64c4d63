using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

/// <summary>The whole ranking of a published study, held to numbers that other programs computed from it.</summary>
public sealed class PublishedStudyTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 20 };

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "common_138", MissingRule.Worst)]
    [StudyData(StudyWithGolden.MadeUp, "common_138_test", MissingRule.Worst)]
    [StudyData(StudyWithGolden.MadeUp, "own_all", MissingRule.Dropped)]
    [StudyData(StudyWithGolden.Published, "common_656", MissingRule.Worst)]
    [StudyData(StudyWithGolden.Published, "common_656_test", MissingRule.Worst)]
    [StudyData(StudyWithGolden.Published, "own_all", MissingRule.Dropped)]
    public void Rank_EveryScheme_HasTheReferenceValuesAndRanks(string name, string scope, MissingRule missing)
    {
        var study = StudyWithGolden.Of(name);
        var standings = Rank(study, scope, missing);
        var rankings = study.Expected.GetProperty("rankings").GetProperty(scope);

        foreach (var table in standings.Tables.Where(table => table.Scope == Scope.All))
        {
            var metric = rankings.GetProperty(table.Metric == Metric.Dsc ? "dsc" : "nsd");
            if (metric.TryGetProperty(table.Structure ?? "overall", out var expected))
            {
                AssertRanks(expected, table, isWhole: missing == MissingRule.Worst);
                AssertWins(expected.GetProperty("test_based"), standings, table.Structure, table.Metric);
            }
        }
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp)]
    [StudyData(StudyWithGolden.Published)]
    public void Rank_DroppedBesideWorst_ShowsWhatThePublishedRankingWas(string name)
    {
        var study = StudyWithGolden.Of(name);
        var dropped = Rank(study, "own_all", MissingRule.Worst).Sensitivity.Schemes
            .Single(table => (table.Missing, table.Metric) == (MissingRule.Dropped, Metric.Dsc));
        var expected = study.Expected.GetProperty("rankings").GetProperty("own_all").GetProperty("dsc")
            .GetProperty("overall").GetProperty("mean_then_rank");

        Assert.All(dropped.Rows, row => Assert.Equal(expected.GetProperty(row.Entry).GetProperty("rank").GetInt32(), row.Rank));
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, 160, 138)]
    [StudyData(StudyWithGolden.Published, 743, 656)]
    public void Rank_EntryThatLacksCases_CountsThemAsWorst(string name, int expected, int scored)
    {
        var study = StudyWithGolden.Of(name);
        var standings = Rank(study, "own_all", MissingRule.Worst);
        var partial = standings.Entries.Single(standing => standing.Entry.Id == study.Partial);

        Assert.Equal((expected, scored, expected - scored), (partial.Coverage[0].Expected, partial.Coverage[0].Scored, partial.Coverage[0].Missing));
        Assert.Contains(standings.Comparisons, pair => pair.First == partial.Entry.Id && !pair.SameCases);
        Assert.True(partial.Rank > standings.Sensitivity.Schemes.Single(
            table => (table.Missing, table.Metric) == (MissingRule.Dropped, Metric.Dsc)).Rows.Single(
            row => row.Entry == partial.Entry.Id).Rank);
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp, "common_138")]
    [StudyData(StudyWithGolden.MadeUp, "common_138_test")]
    [StudyData(StudyWithGolden.Published, "common_656")]
    [StudyData(StudyWithGolden.Published, "common_656_test")]
    public void KendallTau_BetweenSchemes_AgreesWithSciPy(string name, string scope)
    {
        var study = StudyWithGolden.Of(name);
        var expected = study.Expected.GetProperty("kendall_tau_between_methods").GetProperty(scope)
            .GetProperty("dsc").GetProperty("liver");
        var standings = Rank(study, scope, MissingRule.Worst);
        var table = Find(standings, "liver", Metric.Dsc);
        Dictionary<string, double?[]> ranks = new()
        {
            ["mean_then_rank"] = [.. table.Rows.Select(row => (double?)row.MeanThenRank)],
            ["median_then_rank"] = [.. table.Rows.Select(row => (double?)row.MedianThenRank)],
            ["rank_then_mean_average"] = [.. table.Rows.Select(row => (double?)row.RankThenMean)],
            ["test_based"] = [.. Ranks.Among(
                [.. table.Rows.Select(row => (double?)Wins(standings, row.Entry, "liver", Metric.Dsc))],
                [.. table.Rows.Select(_ => true)]).Select(rank => (double?)rank)],
        };

        var known = expected.EnumerateObject().Where(pair => pair.Name.Split(" | ").All(ranks.ContainsKey)).ToArray();
        Assert.Equal(6, known.Length);
        Assert.All(known, pair => Close.To(
            pair.Value.GetDouble(), KendallTau.Of(ranks[pair.Name.Split(" | ")[0]], ranks[pair.Name.Split(" | ")[1]]), 1e-12));
    }

    [Theory]
    [StudyData(StudyWithGolden.MadeUp)]
    [StudyData(StudyWithGolden.Published)]
    public void Rank_StructureComparisons_AgreeWithSciPyAndR(string name)
    {
        var study = StudyWithGolden.Of(name);
        var standings = study.CommonStandings;
        var expected = study.Expected.GetProperty("rankings").GetProperty(study.CommonScope);

        // Per structure and metric one family of every ordered pair of models.
        Assert.Equal(2 * study.Organs.Length * study.Models.Length * (study.Models.Length - 1), standings.StructureComparisons.Count);
        AssertWins(expected.GetProperty("nsd").GetProperty("pancreas").GetProperty("test_based"), standings, "pancreas", Metric.Nsd);
    }

    private static Standings Rank(StudyWithGolden study, string scope, MissingRule missing)
    {
        if (scope == study.CommonScope)
        {
            return study.CommonStandings;
        }

        var (contest, imports) = study.Cases(scope == "own_all"
            ? study.AllNames
            : study.Common.Where(name => study.Metadata(name, "split") == "test"));
        return Ranking.Rank(contest, [], Fast with { Missing = missing }, imports);
    }

    private static ScoreTable Find(Standings standings, string? structure, Metric metric) => standings.Tables.Single(
        table => (table.Scope, table.Structure, table.Metric) == (Scope.All, structure, metric));

    private static void AssertRanks(JsonElement expected, ScoreTable table, bool isWhole)
    {
        foreach (var row in table.Rows)
        {
            Check(expected, "mean_then_rank", row.Entry, row.Mean, row.MeanThenRank);
            Check(expected, "median_then_rank", row.Entry, row.Median, row.MedianThenRank);
            if (isWhole)
            {
                // The reference ranks within cases only where every model has the case.
                Check(expected, "rank_then_mean_average" + (table.Structure is null ? "_macro" : ""), row.Entry, row.MeanRank, row.RankThenMean);
            }
        }
    }

    private static void Check(JsonElement expected, string scheme, string entry, double? value, int? rank)
    {
        var reference = expected.GetProperty(scheme).GetProperty(entry);
        Close.To(reference.GetProperty("value").GetDouble(), value, 1e-12);
        Assert.Equal(reference.GetProperty("rank").GetInt32(), rank);
    }

    private static void AssertWins(JsonElement expected, Standings standings, string? structure, Metric metric) =>
        Assert.All(standings.Entries, standing => Assert.Equal(
            expected.GetProperty(standing.Entry.Id).GetProperty("wins").GetInt32(),
            Wins(standings, standing.Entry.Id, structure, metric)));

    private static int Wins(Standings standings, string entry, string? structure, Metric metric) =>
        standings.Comparisons.Concat(standings.StructureComparisons).Count(pair =>
            (pair.Structure, pair.Metric, pair.First) == (structure, metric, entry) && pair.PHolm < 0.05);
}
