using System.Text.Json;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>Fault B38 through containers: nothing is annotated, and one entry crashes besides.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class EmptyReferenceTests
{
    private const string Predict = """
        for one in inputs/*; do
          name=$(basename $one .nii.gz)
          mkdir -p outputs/$name/segmentations
          cp empty.nii.gz outputs/$name/segmentations/liver.nii.gz
        done
        """;

    [Theory]
    [InlineData("monai")]
    [InlineData("bodymaps-2024")]
    public void B38_ThroughContainers_RanksNobodyAndPublishes(string protocol)
    {
        using var folder = new FaultFolder("B38-nothing-annotated");
        var rules = folder.File("challenge.yaml");
        File.WriteAllText(rules, File.ReadAllText(rules).Replace("monai", protocol, StringComparison.Ordinal));
        string[] where = ["--manifest", "datasets.manifest", "--workspace", "W"];
        foreach (var (name, script) in new[] { ("careful", Predict), ("broken", "exit 3") })
        {
            File.WriteAllBytes(folder.File("image.tar"), Image(folder, script).Build());
            folder.Touchstone(
                "submit", "image.tar", "--team", "T", "--name", name, "--layout", "folder", "--challenge", "challenge.yaml",
                "--workspace", "W").Succeeded();
        }

        folder.Touchstone(["run", "--all", "--remove-images", .. where]).Succeeded();
        folder.Touchstone(["rank", "--challenge", "challenge", "--json", "rank.json", .. where]).Succeeded();
        folder.Touchstone(["publish", "--challenge", "challenge", "--output", "site", .. where]).Succeeded();

        using var rank = JsonDocument.Parse(File.ReadAllBytes(folder.File("rank.json")));
        var entries = rank.RootElement.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(2, entries.Count);
        Assert.All(entries, one => Assert.Equal(JsonValueKind.Null, one.GetProperty("rank").ValueKind));
        Assert.All(
            rank.RootElement.GetProperty("tables").EnumerateArray().Where(table => table.GetProperty("metric").GetString() == "dsc"),
            table => Assert.All(
                table.GetProperty("rows").EnumerateArray(), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("mean").ValueKind)));
        Assert.Contains("nothing is annotated", File.ReadAllText(folder.File("site", "index.html")), StringComparison.Ordinal);
    }

    private static TestImage Image(FaultFolder folder, string script) => new()
    {
        Files = new Dictionary<string, byte[]>
        {
            ["bin/bash"] = "#!/bin/sh\nexec /bin/sh \"$@\"\n"u8.ToArray(),
            ["workspace/empty.nii.gz"] = File.ReadAllBytes(folder.File("data", "case_1", "segmentations", "liver.nii.gz")),
            ["workspace/predict.sh"] = System.Text.Encoding.ASCII.GetBytes(script.ReplaceLineEndings("\n")),
        },
    };
}
