using System.Text.Json;
using Touchstone.Tests.Harness.EndToEnd;

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

    [Theory]
    [InlineData("verify")]
    [InlineData("import")]
    public void B70_EqualNamesInACaseList_AreRefusedByName(string command)
    {
        using var folder = new FaultFolder("B70-csv-headers");

        var run = command == "verify"
            ? folder.Touchstone("datasets", "verify", "equal-names", "--manifest", "datasets.manifest")
            : Import(folder, "bom-crlf-quotes", "equal-names");

        Assert.NotEqual(0, run.ExitCode);
        AssertSays(run, "equal-names.csv", "line 1:", "\"sex\"");
    }

    [Fact]
    public void B70_UnnamedColumnsOfACaseList_AreLeftOut()
    {
        using var folder = new FaultFolder("B70-csv-headers");

        folder.Touchstone("datasets", "verify", "empty-names", "--manifest", "datasets.manifest").Succeeded();
        AssertSays(Import(folder, "bom-crlf-quotes", "empty-names").Succeeded(), "1 method on 2 cases");
    }

    [Theory]
    [InlineData("semicolons")]
    [InlineData("tabs")]
    [InlineData("decimal-commas")]
    [InlineData("bom-crlf-quotes")]
    public void B70_SeparatorsOfAnyKind_AreReadAsMeant(string study)
    {
        using var folder = new FaultFolder("B70-csv-headers");

        AssertSays(Import(folder, study, "open").Succeeded(), "1 method on 2 cases");
        var rank = Rank(folder, "published-open");

        Assert.Equal((0.75, 0.8, 0.7), (Mean(rank, null, "dsc"), Mean(rank, "liver", "dsc"), Mean(rank, "spleen", "dsc")));
        Assert.Equal((0.75, 0.8, 0.7), (Mean(rank, null, "nsd"), Mean(rank, "liver", "nsd"), Mean(rank, "spleen", "nsd")));
    }

    [Theory]
    [InlineData("equal-columns", "dsc.csv", "\"liver\"")]
    [InlineData("equal-metadata", "meta.csv", "\"sex\"")]
    public void B70_EqualColumnsOfAStudy_AreRefusedByName(string study, string file, string column)
    {
        using var folder = new FaultFolder("B70-csv-headers");

        var run = Import(folder, study, "open");

        Assert.Equal(2, run.ExitCode);
        AssertSays(run, file, "line 1:", column);
        Assert.False(Directory.Exists(folder.File("W", "imports")));
    }

    [Fact]
    public void B70_UnnamedColumnsOfAStudy_AreLeftOut()
    {
        using var folder = new FaultFolder("B70-csv-headers");

        Import(folder, "empty-columns", "open").Succeeded();

        Assert.Equal(0.8, Mean(Rank(folder, "published-open"), null, "dsc"));
    }

    [Theory]
    [InlineData("average-and-std", "line 7: \"Average\"", "line 8: \"std\"")]
    [InlineData("mean", "line 7: \"mean\"")]
    public void B75_SummaryRows_AreRefusedWithTheirLines(string study, params string[] lines)
    {
        using var folder = new FaultFolder("B75-summary-rows");

        var run = Import(folder, study, "open");

        Assert.Equal(2, run.ExitCode);
        AssertSays(run, ["method/dsc.csv", .. lines]);
        Assert.False(Directory.Exists(folder.File("W", "imports")));
    }

    [Fact]
    public void B75_WithoutSummaryRows_CountsFivePatients()
    {
        using var folder = new FaultFolder("B75-summary-rows");

        AssertSays(Import(folder, "none", "open").Succeeded(), "1 method on 5 cases");
        var rank = Rank(folder, "published-open");

        Assert.Equal((0.825, 0.8, 0.85), (Mean(rank, null, "dsc"), Mean(rank, "liver", "dsc"), Mean(rank, "spleen", "dsc")));
    }

    [Fact]
    public void X01_SecondDatasetOfAChallenge_ExtendsTheEntry()
    {
        using var folder = new FaultFolder("X01-second-dataset");

        Import(folder, "east", "east", "--challenge", "challenge.yaml").Succeeded();
        var west = Import(folder, "west", "west", "--challenge", "challenge.yaml").Succeeded();
        var rank = Rank(folder, "challenge.yaml");

        var entry = Assert.Single(rank.GetProperty("entries").EnumerateArray());
        Assert.Equal((4, 4), (
            entry.GetProperty("coverage")[0].GetProperty("scored").GetInt32(),
            entry.GetProperty("coverage")[0].GetProperty("expected").GetInt32()));
        Assert.Equal((0.65, 0.7, 0.6), (Mean(rank, null, "dsc"), Mean(rank, "liver", "dsc"), Mean(rank, "spleen", "dsc")));

        // The hint of what comes next works as it was printed.
        var next = west.Output[(west.Output.IndexOf("Next: touchstone ", StringComparison.Ordinal) + "Next: touchstone ".Length)..].Trim();
        Assert.StartsWith("rank --challenge challenge", next, StringComparison.Ordinal);
        Assert.Contains("method", folder.Touchstone(next.Split(' ')).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void X01_PartsWithTheTimesOfOlderImports_RankToo()
    {
        using var folder = new FaultFolder("X01-second-dataset");
        Import(folder, "east", "east", "--challenge", "challenge.yaml").Succeeded();
        Import(folder, "west", "west", "--challenge", "challenge.yaml").Succeeded();
        var scores = Directory.GetFiles(folder.File("W", "imports", "west"), "scores.json", SearchOption.AllDirectories).Single();

        // Older files have no checksum, which stands on a line of its own.
        var text = string.Join('\n', File.ReadAllLines(scores).Where(line => !line.StartsWith("  \"sha256\"", StringComparison.Ordinal)))
            .Replace("\"schema\":2", "\"schema\":1", StringComparison.Ordinal);
        var at = text.IndexOf("\"receivedAt\":\"", StringComparison.Ordinal) + "\"receivedAt\":\"".Length;

        File.WriteAllText(scores, $"{text[..at]}2031{text[(at + 4)..]}");
        File.Delete(folder.File("W", "store.sqlite")); // which has seen another file in its place

        Assert.Equal(0.65, Mean(Rank(folder, "challenge"), null, "dsc"));
        folder.Touchstone("reindex", "--workspace", "W").Succeeded();
        Assert.Equal(0.65, Mean(Rank(folder, "challenge"), null, "dsc"));
    }

    [Fact]
    public void X01_WorkspaceOfAnImportThatDidNotKeepTheRules_RanksByTheirFile()
    {
        using var folder = new FaultFolder("X01-second-dataset");
        Import(folder, "east", "east", "--challenge", "challenge.yaml").Succeeded();
        Directory.Delete(folder.File("W", "challenges"), recursive: true);
        File.Delete(folder.File("W", "store.sqlite"));

        // West was not imported, so its list of cases is not here.
        File.WriteAllText(folder.File("challenge.yaml"), File.ReadAllText(folder.File("challenge.yaml")).Replace("east, west", "east", StringComparison.Ordinal));

        Assert.Equal(0.75, Mean(Rank(folder, "challenge.yaml"), null, "dsc"));
    }

    private static CommandRun Import(FaultFolder folder, string study, string dataset, params string[] options) => folder.Touchstone(
        ["import", study, "--dataset", dataset, "--manifest", "datasets.manifest", "--workspace", "W", .. options]);

    private static JsonElement Rank(FaultFolder folder, string challenge)
    {
        folder.Touchstone(
            "rank", "--challenge", challenge, "--manifest", "datasets.manifest", "--workspace", "W", "--json", "rank.json").Succeeded();
        return ReadJson(folder.File("rank.json"));
    }

    private static double Mean(JsonElement rank, string? structure, string metric) => Math.Round(
        Rows(rank, structure, metric).Single().GetProperty("mean").GetDouble(), 12);

    private static void AssertSays(CommandRun run, params string[] words) =>
        Assert.All(words, word => Assert.Contains(word, run.All, StringComparison.Ordinal));

    private static JsonElement ReadJson(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    private static IEnumerable<JsonElement> Overall(JsonElement rank, string metric) => Rows(rank, null, metric);

    private static IEnumerable<JsonElement> Rows(JsonElement rank, string? structure, string metric) =>
        rank.GetProperty("tables").EnumerateArray()
            .First(table => table.GetProperty("scope").GetProperty("kind").GetString() == "all"
                && table.GetProperty("structure").GetString() == structure
                && table.GetProperty("metric").GetString() == metric)
            .GetProperty("rows").EnumerateArray();
}
