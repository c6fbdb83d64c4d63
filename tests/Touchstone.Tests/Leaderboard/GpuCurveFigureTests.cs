using System.Text.Json.Nodes;
using Touchstone.Harness.Boards;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Charts;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Leaderboard;

public sealed class GpuCurveFigureTests
{
    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Draw_ThreeCases_IsAsTheGoldenFile() => Golden.Check(
        "leaderboard/gpu-curves.json",
        JsonNode.Parse(Figure().Option)!.ToJsonString(Indented) + "\n");

    [Fact]
    public void Draw_ThreeCases_HoldsEveryPointWithinItsAxes()
    {
        var option = JsonNode.Parse(Figure().Option)!;

        var points = option["series"]!.AsArray().SelectMany(series => series!["data"]!.AsArray()).Select(point => point!.AsArray()).ToArray();
        Assert.Equal(9, points.Length);
        Assert.All(points, point =>
        {
            Assert.InRange((double)point[0]!, (double)option["xAxis"]!["min"]!, (double)option["xAxis"]!["max"]!);
            Assert.InRange((double)point[1]!, (double)option["yAxis"]!["min"]!, (double)option["yAxis"]!["max"]!);
        });
    }

    [Fact]
    public void Draw_HundredCases_KeepsFortyTheMedianAndTheLargest()
    {
        var curves = Enumerable.Range(0, 100).Select(i => new MemoryCurve($"c{i:D2}", Use(i + 1, 10))).ToArray();

        var figure = MemoryCurves.Draw("gpu", "x", curves);

        Assert.InRange(figure.Table.Rows.Count, 40, 42);
        Assert.Contains(figure.Table.Rows, row => row[0] == "c99");
        Assert.Contains(figure.Table.Rows, row => row[0] == "c49");
        Assert.Contains("of 100 cases", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EntryWithoutCurves_ShowsNoFigureOfThem()
    {
        var files = StaticSite.Build([MakeBoard()], new BuildInfo(Some.Now, "test"));

        Assert.Contains("figure-gpu-with", files.Single(file => file.Path == "submission/with.html").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("figure-gpu", files.Single(file => file.Path == "submission/without.html").Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Render_Curves_DrawsALinePerCaseInItsColour()
    {
        var (drawings, missing) = await FigureRenderer.DrawAsync([MakeBoard()], Repository.File("leaderboard", "web"));

        Assert.True(missing is null, missing);
        var svg = drawings.Svgs["figures/gpu-with.svg"];
        Assert.Contains("GPU memory, GiB", svg, StringComparison.Ordinal);
        Assert.Contains("stroke=\"#b0541e\"", svg, StringComparison.Ordinal); // the largest
        Assert.Contains("stroke=\"#2b5d8a\"", svg, StringComparison.Ordinal); // the median
    }

    private static Figure Figure() => MemoryCurves.Draw(
        "gpu", "Some net",
        [
            new MemoryCurve("small", Use(0.5, 4)), new MemoryCurve("middle", Use(1.5, 5)), new MemoryCurve("large", Use(3.25, 12.5)),
        ]);

    private static GpuUse Use(double gib, double seconds) => new()
    {
        Source = GpuSource.Processes,
        Samples = 40,
        LargestGapSeconds = 0.11,
        PeakBytes = (long)(gib * (1 << 30)),
        AreaMibSeconds = gib * 1024 * seconds / 2,
        AreaAboveToleranceMibSeconds = 0,
        UtilizationPercent = null,
        Curve = [new GpuPoint(0, 0), new GpuPoint(seconds / 2, (long)(gib * (1 << 30))), new GpuPoint(seconds, 0)],
    };

    private static Board MakeBoard()
    {
        var contest = Some.Contest(casesEach: 1, structures: 1);
        var results = Some.Cases(contest).SelectMany((one, i) => new[]
        {
            Some.Result(contest, "with", one.Dataset, one.Case, 0.9) with { Gpu = Use(i + 1, 10) },
            Some.Result(contest, "without", one.Dataset, one.Case, 0.8),
        }).ToArray();
        return new Board(contest, results, new RankingOptions { Resamples = 20 });
    }
}
