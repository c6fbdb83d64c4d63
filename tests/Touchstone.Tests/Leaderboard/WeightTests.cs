using System.Text.Json;
using Touchstone.Harness.Commands;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Whoever shows a mean over structures that weighs them says so.</summary>
public sealed class WeightTests
{
    private const string Words = "gall bladder 3, kidney left 0.5, every other structure 1";

    private static readonly RankingOptions Fast = new() { Resamples = 50 };

    private static readonly Contest Contest = Some.Contest(casesEach: 6, structures: 4) with
    {
        Rules = new RankingRules { Weights = new Dictionary<string, double> { ["kidney_left"] = 0.5, ["gall_bladder"] = 3 } },
    };

    private static readonly Lazy<IReadOnlyList<SiteFile>> Site = new(() => StaticSite.Build(
        [new Board(Contest, Some.Results(Contest), Fast)], new BuildInfo(Some.Now, "test")));

    private static readonly Lazy<Standings> Ranked = new(() => Ranking.Rank(Contest, Some.Results(Contest), Fast));

    [Theory]
    [InlineData("index.html")]
    [InlineData("methods.html")]
    [InlineData("sensitivity.html")]
    [InlineData("generalisation.html")]
    [InlineData("pairwise.html")]
    [InlineData("dataset/open.html")]
    [InlineData("submission/s-aurora.html")]
    [InlineData("subgroup/sex.html")]
    public void Pages_WithMeansOverStructures_SayTheWeights(string path) =>
        Assert.Contains(Words, Site.Value.Single(file => file.Path == path).Text, StringComparison.Ordinal);

    [Fact]
    public void Pages_OfEqualWeights_SayNothing()
    {
        var contest = Contest with { Rules = new RankingRules { Weights = Contest.Structures.ToDictionary(name => name, _ => 2.0) } };
        var files = StaticSite.Build([new Board(contest, Some.Results(contest), Fast)], new BuildInfo(Some.Now, "test"));

        Assert.Null(StructureWeights.Told(contest.Structures, contest.Rules.Weights));
        Assert.All(files.Where(file => file.Path.EndsWith(".html", StringComparison.Ordinal)), file =>
            Assert.DoesNotContain("over structures weigh", file.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void StructurePage_HasItsOwnWeight() => Assert.Matches(
        "Weight in means over structures</dt><dd>3</dd>", Site.Value.Single(file => file.Path == "structure/gall_bladder.html").Text);

    [Theory]
    [InlineData("data/standings.csv")]
    [InlineData("data/gaps.csv")]
    [InlineData("data/comparisons.csv")]
    [InlineData("data/subgroups.csv")]
    [InlineData("data/schemes.csv")]
    public void Downloads_WithMeansOverStructures_SayTheWeights(string path)
    {
        var lines = Site.Value.Single(file => file.Path == path).Text.Split('\n');

        Assert.EndsWith(",structure_weights", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",\"aorta=1;gall_bladder=3;kidney_left=0.5;kidney_right=1\"", lines[1], StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Contains(",gall_bladder,", StringComparison.Ordinal)), line =>
            Assert.EndsWith(",", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Json_Latex_AndTerminal_SayTheWeights()
    {
        var weights = JsonDocument.Parse(RankJson.Write(Ranked.Value)).RootElement.GetProperty("weights");
        Assert.Equal(
            [("aorta", 1.0), ("gall_bladder", 3), ("kidney_left", 0.5), ("kidney_right", 1)],
            weights.EnumerateArray().Select(one => (one.GetProperty("structure").GetString()!, one.GetProperty("weight").GetDouble())));
        Assert.Contains($"weighted mean over structures", LatexTable.Write(Contest, Ranked.Value), StringComparison.Ordinal);
        Assert.Contains($"Weights of the structures: {Words}.", LatexTable.Write(Contest, Ranked.Value), StringComparison.Ordinal);
        Assert.Contains($"weighted mean over structures ({Words})", StandingsTable.Of(Contest, Ranked.Value).Caption!.Text, StringComparison.Ordinal);
        Assert.Contains("mean over structures; IID", StandingsTable.Of(
            Contest with { Rules = new RankingRules() }, Ranking.Rank(Contest with { Rules = new RankingRules() }, Some.Results(Contest), Fast))
            .Caption!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void CaseMeans_OnPages_HaveTheSameWeightsAsTheTables()
    {
        var contest = Contest with { Datasets = [Contest.Datasets[2] with { Cases = [Contest.Datasets[2].Cases[0]] }] };
        var result = Some.Result(
            Some.Entry("a"), contest.Datasets[0], contest.Datasets[0].Cases[0], Ending.Completed,
            [Some.Score("aorta", 0.9), Some.Score("gall_bladder", 0.5), Some.Score("kidney_left", 0.2)]);

        var scores = new CountedScores(contest, [result]);

        Close.To((0.9 + (3 * 0.5) + (0.5 * 0.2)) / 4.5, scores.CaseMean(0, Metric.Dsc, 0), 1e-15);
        Close.To((0.9 + (3 * 0.5) + (0.5 * 0.2)) / 4.5, scores.CaseMean(Metric.Dsc, 0), 1e-15);
        Close.To(scores.CaseMean(0, Metric.Dsc, 0)!.Value, Ranking.Rank(contest, [result], Fast).Tables[0].Rows[0].Median, 1e-15);
    }
}
