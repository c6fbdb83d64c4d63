using System.Text.Json.Nodes;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

public sealed class ChartTests
{
    private static readonly Board Sample = MakeBoard();

    [Fact]
    public void Figures_SampleContest_AreOfEveryKindAndDescribed()
    {
        var figures = StaticSite.Figures([Sample]).Select(one => one.Figure).ToArray();

        string[] expected =
        [
            "podium", "speed", "structures", "coverage", "stability", "schemes", "generalisation", "significance-dsc",
            "significance-nsd", "boxes-pancreas-dsc", "entry-s-aurora-dsc", "entry-s-aurora-nsd",
            "dataset-north-dsc", "dataset-open-nsd", "subgroup-sex", "subgroup-sex-entries",
        ];
        Assert.All(expected, name => Assert.Contains(figures, figure => figure.Name == name));
        Assert.All(figures, figure =>
        {
            Assert.True(figure.Alt.Length > 20 && figure.Note.Length > 20, figure.Name);
            Assert.NotEmpty(figure.Table.Rows);
            Assert.All(figure.Table.Rows, row => Assert.Equal(figure.Table.Columns.Count, row.Count));
        });
    }

    [Fact]
    public void Figures_EveryAxisOfNumbers_HoldsAllItsData()
    {
        foreach (var (_, figure) in StaticSite.Figures([Sample]))
        {
            var option = JsonNode.Parse(figure.Option)!;
            foreach (var (axis, place) in new[] { ("xAxis", 0), ("yAxis", 1) })
            {
                if (option[axis]!["min"] is { } low && option[axis]!["max"] is { } high)
                {
                    var values = option["series"]!.AsArray().SelectMany(series => Values(series!, place)).ToArray();
                    Assert.True(values.Length > 0, figure.Name);
                    Assert.All(values, value => Assert.True(
                        value >= (double)low && value <= (double)high, $"{figure.Name}: {value} beyond {low} to {high}"));
                }
            }
        }
    }

    [Fact]
    public void Figures_HostileNames_StayInsideTheirElement()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var (dataset, one) = (contest.Datasets[0], contest.Datasets[0].Cases[0]);
        var entry = Some.Entry("a", "$ink", "</script><script>alert(1)</script>");
        var board = new Board(contest, [Some.Result(entry, dataset, one, Touchstone.Leaderboard.Results.Ending.Completed,
            [Some.Score("aorta", 0.9)])], new RankingOptions { Resamples = 10 });

        Assert.All(StaticSite.Figures([board]), pair => Assert.DoesNotContain('<', pair.Figure.Option));
    }

    [Fact]
    public void Build_NothingDrawn_ShowsTheNumbersInstead()
    {
        var index = StaticSite.Build([Sample], new BuildInfo(Some.Now, "test")).Single(file => file.Path == "index.html").Text;

        Assert.Contains("<details open>", index, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", index, StringComparison.Ordinal);
        Assert.DoesNotContain("echarts", index, StringComparison.Ordinal);
    }

    private static IEnumerable<double> Values(JsonNode series, int place)
    {
        var type = (string)series["type"]!;
        foreach (var item in series["data"]!.AsArray())
        {
            var value = item is JsonObject one ? one["value"] : item;
            int[] places = type == "custom" ? place == 0 ? [0, 2, 3] : [1, 4, 5]
                : type == "boxplot" ? [0, 1, 2, 3, 4] : [place];
            var numbers = value is JsonArray list ? places.Select(i => list[i]) : [value];
            foreach (var number in numbers.OfType<JsonNode>())
            {
                yield return (double)number;
            }
        }
    }

    private static Board MakeBoard()
    {
        var contest = Some.Contest();
        return new Board(contest, Some.Results(contest), new RankingOptions { Resamples = 100 });
    }
}
