using System.Text.Json;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>Published studies that are odd, damaged or come in parts.</summary>
public sealed class ImportFaultTests
{
    [Theory]
    [InlineData("study", 2)]
    [InlineData("nsd-only", 1)]
    public void B38_NothingAnnotated_HasNoDscNoRankAndAPage(string study, int methods)
    {
        using var folder = new FaultFolder("B38-nothing-annotated");
        string[] where = ["--challenge", "challenge.yaml", "--manifest", "datasets.manifest", "--workspace", "W"];

        var import = folder.Touchstone(["import", study, "--dataset", "empty", .. where]).Succeeded();
        folder.Touchstone(["rank", .. where, "--json", "W/rank.json"]).Succeeded();
        folder.Touchstone(["publish", .. where, "--output", "W/site"]).Succeeded();

        Assert.Contains(methods == 1 ? "1 method on 2 cases" : "2 methods on 2 cases", import.Output, StringComparison.Ordinal);
        var rank = ReadJson(folder.File("W/rank.json"));
        Assert.All(rank.GetProperty("entries").EnumerateArray(), one => Assert.Equal(JsonValueKind.Null, one.GetProperty("rank").ValueKind));
        Assert.All(Overall(rank, "dsc"), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("mean").ValueKind));
        var nsd = Overall(rank, "nsd").ToDictionary(
            row => row.GetProperty("entry").GetString()!.Split('-')[0], row => row.GetProperty("mean"));
        Assert.Equal(0, nsd["eager"].GetDouble());
        Assert.True(methods == 1 || nsd["careful"].ValueKind == JsonValueKind.Null);
        Assert.Contains("nothing is annotated", File.ReadAllText(folder.File("W/site/index.html")), StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(folder.File("W"), "*.json", SearchOption.AllDirectories),
            path => Assert.DoesNotContain("NaN", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public void B38_NothingAnnotated_Evaluate_HasNoDsc()
    {
        using var folder = new FaultFolder("B38-nothing-annotated");

        var run = folder.Touchstone("evaluate", "--reference", "data", "--prediction", "data", "--protocol", "monai", "--json", "-").Succeeded();

        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"dsc\": 0", run.Output, StringComparison.Ordinal);
    }

    private static JsonElement ReadJson(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    private static IEnumerable<JsonElement> Overall(JsonElement rank, string metric) => rank.GetProperty("tables").EnumerateArray()
        .First(table => table.GetProperty("scope").GetProperty("kind").GetString() == "all"
            && table.GetProperty("structure").ValueKind == JsonValueKind.Null
            && table.GetProperty("metric").GetString() == metric)
        .GetProperty("rows").EnumerateArray();
}
