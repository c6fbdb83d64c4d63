using System.Text.Json;
using Touchstone.Tests.Evaluators;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Evaluation;

public sealed class EvaluateCommandTests
{
    [Fact]
    public void Evaluate_TwoVolumes_WritesTheScoresExactlyInTheStatedShape()
    {
        using var folder = new TemporaryFolder();
        var json = folder.File("out.json");

        CommandRun.Touchstone(
            "evaluate", "--reference", Golden("ties_060_080_100", "ref"), "--prediction", Golden("ties_060_080_100", "pred"),
            "--labels", "abdomenatlas-1.1", "--json", json).Succeeded();

        using var report = JsonDocument.Parse(File.ReadAllText(json));
        var root = report.RootElement;
        Assert.Equal(["protocol", "toleranceMm", "cases"], Keys(root));
        Assert.Equal("surface-distance", root.GetProperty("protocol").GetString());
        var one = Assert.Single(root.GetProperty("cases").EnumerateArray());
        Assert.Equal(["case", "status", "reason", "spacingMm", "structures", "remarks"], Keys(one));
        Assert.Equal(("ref", "scored"), (one.GetProperty("case").GetString(), one.GetProperty("status").GetString()));
        Assert.Equal("[0.6000000238418579, 0.800000011920929, 1]", $"[{string.Join(", ", one.GetProperty("spacingMm").EnumerateArray())}]");
        var aorta = one.GetProperty("structures")[0];
        Assert.Equal(
            ["structure", "label", "dsc", "nsd", "hdMm", "hd95Mm", "assdMm", "referenceMl", "predictionMl"], Keys(aorta));
        Assert.Equal(("aorta", 1), (aorta.GetProperty("structure").GetString(), aorta.GetProperty("label").GetInt32()));
        Assert.Equal(0.875, aorta.GetProperty("dsc").GetDouble());
        Assert.Equal(0.6000000238418579, aorta.GetProperty("hd95Mm").GetDouble());
    }

    [Fact]
    public void Evaluate_FoldersWithBadCases_ScoresTheOthersAndExitsWith1()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, prediction) in new[] { ("a", "rounding"), ("b", "ties_060_080_100"), ("c", "rounding"), ("d", "rounding") })
        {
            Copy(folder, "reference", name, Golden("rounding", "ref"));
            Copy(folder, "prediction", name, Golden(prediction, "pred"));
        }

        File.Delete(folder.File("prediction", "d.nii.gz"));

        var run = CommandRun.Touchstone(
            "evaluate", "--reference", folder.File("reference"), "--prediction", folder.File("prediction"),
            "--labels", "abdomenatlas-1.1", "--json", "-", "--csv", folder.File("out.csv"));

        Assert.Equal(1, run.ExitCode);
        using var report = JsonDocument.Parse(run.Output);
        var cases = report.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(["a", "b", "c", "d"], cases.Select(one => one.GetProperty("case").GetString()));
        Assert.Equal(
            ["scored", "rejected", "scored", "rejected"], cases.Select(one => one.GetProperty("status").GetString()));
        Assert.Equal(
            "prediction: It has 40×40×40 voxels, the reference 40×40×44.", cases[1].GetProperty("reason").GetString());
        Assert.Contains("b: rejected.", run.Error, StringComparison.Ordinal);
        var lines = File.ReadAllLines(folder.File("out.csv"));
        Assert.Equal(1 + 25 + 1 + 25 + 1, lines.Length);
        Assert.StartsWith("case,status,reason,protocol,toleranceMm,structure,label,dsc,nsd,", lines[0], StringComparison.Ordinal);
    }

    [ExtraFact(Extra.RealCts)]
    public void Evaluate_FoldersOfMasks_NeedsNoLabels()
    {
        var masks = Repository.Shared("data", "real-ct");

        var run = CommandRun.Touchstone(
            "evaluate", "--reference", masks, "--prediction", masks, "--protocol", "monai", "--json", "-").Succeeded();

        using var report = JsonDocument.Parse(run.Output);
        var cases = report.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal([22, 22, 2], cases.Select(one => one.GetProperty("structures").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, cases[0].GetProperty("structures")[0].GetProperty("label").ValueKind);
    }

    [Fact]
    public void Evaluate_Table_ShowsMeansByStructure()
    {
        var run = CommandRun.Touchstone(
            "evaluate", "--reference", Golden("ties_060_080_100", "ref"), "--prediction", Golden("ties_060_080_100", "pred"),
            "--labels", "abdomenatlas-1.1").Succeeded();

        Assert.Contains("surface-distance · NSD at 1 mm · means over 1 case\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"aorta +1 +0\.8750 +1\.0000 +0\.60 +0\.25 +0\.2 +0\.2", run.Output);
    }

    [Theory]
    [InlineData("--reference", "nowhere", "--prediction", "nowhere")]
    [InlineData("--reference", ".", "--prediction", "README.md")]
    [InlineData("--reference", "README.md", "--prediction", "README.md")]
    [InlineData("--reference", "docs", "--prediction", "docs")]
    [InlineData("--reference", "tests", "--prediction", "tests", "--labels", "nonsense")]
    [InlineData("--reference", "tests", "--prediction", "tests", "--labels", "README.md")]
    [InlineData("--reference", "tests", "--prediction", "tests", "--protocol", "nonsense")]
    [InlineData("--reference", "tests", "--prediction", "tests", "--tolerance-mm", "-1")]
    [InlineData("--reference", "tests", "--prediction", "tests", "--threads", "0")]
    [InlineData("--reference", "tests")]
    public void Evaluate_WrongUse_ExitsWith2(params string[] arguments)
    {
        var run = CommandRun.Touchstone(["evaluate", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static string Golden(string name, string side) => GoldenCase.PathOf(name, side + ".nii.gz");

    private static void Copy(TemporaryFolder folder, string side, string name, string source)
    {
        Directory.CreateDirectory(folder.File(side));
        File.Copy(source, folder.File(side, name + ".nii.gz"));
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
