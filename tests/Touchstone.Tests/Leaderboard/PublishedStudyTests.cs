using System.Text.Json;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Tests.Leaderboard;

/// <summary>The whole ranking of a published study, held to numbers that other programs computed from it.</summary>
public sealed class PublishedStudyTests
{
    private static readonly RankingOptions Fast = new() { Resamples = 20 };

    [Theory]
    [InlineData("common_656", MissingRule.Worst)]
    [InlineData("common_656_test", MissingRule.Worst)]
    [InlineData("own_all", MissingRule.Dropped)]
    public void Rank_EveryScheme_HasTheReferenceValuesAndRanks(string scope, MissingRule missing)
    {
        var standings = Rank(scope, missing);
        var rankings = PublishedStudy.Expected.GetProperty("rankings").GetProperty(scope);

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

    [Fact]
    public void Rank_DroppedBesideWorst_ShowsWhatThePublishedRankingWas()
    {
        var dropped = Rank("own_all", MissingRule.Worst).Sensitivity.Schemes
            .Single(table => (table.Missing, table.Metric) == (MissingRule.Dropped, Metric.Dsc));
        var expected = PublishedStudy.Expected.GetProperty("rankings").GetProperty("own_all").GetProperty("dsc")
            .GetProperty("overall").GetProperty("mean_then_rank");

        Assert.All(dropped.Rows, row => Assert.Equal(expected.GetProperty(row.Entry).GetProperty("rank").GetInt32(), row.Rank));
    }

    [Fact]
    public void Rank_EntryThatLacksCases_CountsThemAsWorst()
    {
        var standings = Rank("own_all", MissingRule.Worst);
        var partial = standings.Entries.Single(standing => standing.Entry.Id == "nnU-Net_STU-Net_H");

        Assert.Equal((743, 656, 87), (partial.Coverage[0].Expected, partial.Coverage[0].Scored, partial.Coverage[0].Missing));
        Assert.Contains(standings.Comparisons, pair => pair.First == partial.Entry.Id && !pair.SameCases);
        Assert.True(partial.Rank > standings.Sensitivity.Schemes.Single(
            table => (table.Missing, table.Metric) == (MissingRule.Dropped, Metric.Dsc)).Rows.Single(
            row => row.Entry == partial.Entry.Id).Rank);
    }

    [Theory]
    [InlineData("common_656")]
    [InlineData("common_656_test")]
    public void KendallTau_BetweenSchemes_AgreesWithSciPy(string scope)
    {
        var expected = PublishedStudy.Expected.GetProperty("kendall_tau_between_methods").GetProperty(scope)
            .GetProperty("dsc").GetProperty("liver");
        var standings = Rank(scope, MissingRule.Worst);
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

    [Fact]
    public void Rank_StructureComparisons_AgreeWithSciPyAndR()
    {
        var standings = PublishedStudy.CommonStandings;
        var expected = PublishedStudy.Expected.GetProperty("rankings").GetProperty("common_656");

        // Per structure and metric one family of 342 tests.
        Assert.Equal(18 * 342, standings.StructureComparisons.Count);
        AssertWins(expected.GetProperty("nsd").GetProperty("pancreas").GetProperty("test_based"), standings, "pancreas", Metric.Nsd);
    }

    private static Standings Rank(string scope, MissingRule missing)
    {
        if (scope == "common_656")
        {
            return PublishedStudy.CommonStandings;
        }

        var (contest, imports) = PublishedStudy.Cases(scope == "own_all"
            ? PublishedStudy.AllNames
            : PublishedStudy.Common.Where(name => PublishedStudy.Metadata(name, "split") == "test"));
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
