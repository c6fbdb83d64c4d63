using System.Text.Json;
using Touchstone.Tests.Leaderboard;

namespace Touchstone.Tests.Harness.Faults;

/// <summary>Trials that do not differ: no t, no p, no mark.</summary>
[Trait("Category", "Engine")]
public sealed class NoSpreadFaultTests
{
    private static readonly string[] Sides = ["first", "second"];
    private static readonly string[] Tests = ["pooled", "welch"];
    private static readonly string[] Numbers = ["t", "degreesOfFreedom", "p"];

    [Fact]
    public void Report_TrialsWithoutSpread_TestsNothingAndMarksNothing()
    {
        using var fault = new FaultFolder("B64-no-spread");

        var rows = Rows(fault, "study.yaml");

        foreach (var (structure, difference) in new[] { ("liver", 0.0), ("spleen", 0.1), ("pancreas", 0.0) })
        {
            Assert.Equal(difference, rows[structure].GetProperty("difference").GetDouble(), 1e-9);
            AssertUndefined(rows[structure]);
        }

        AssertTest(rows["stomach"], "pooled", 1.7320508075688772, 4, 0.15830242337545836);
        AssertTest(rows["stomach"], "welch", 1.7320508075688772, 2, 0.22540333075851723);
        Assert.False(rows["stomach"].GetProperty("isMarked").GetBoolean());
        AssertTest(rows["all"], "pooled", 6.928203230275486, 4, 0.002278426291380);
        AssertTest(rows["all"], "welch", 6.928203230275486, 2, 0.020204102886729);
        Assert.True(rows["all"].GetProperty("isMarked").GetBoolean());
        AssertNoNumberIsMadeUp(fault);

        var page = File.ReadAllText(fault.File("W", "site", "index.html"));
        Assert.Contains("– (no spread)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("&lt; 0.001</td>", page, StringComparison.Ordinal);
        Assert.Single(page.Split("class=\"marked\"")[1..]); // the average, and no structure
    }

    [Fact]
    public void Report_OneTrial_HasNoSpreadToSpeakOf()
    {
        using var fault = new FaultFolder("B64-no-spread");

        var report = Report(fault, "one-trial.yaml");

        Assert.All(report.GetProperty("comparison").GetProperty("rows").EnumerateArray(), row =>
        {
            Assert.All(Sides, side =>
            {
                Assert.Equal(1, row.GetProperty(side).GetProperty("n").GetInt32());
                Assert.Equal(JsonValueKind.Null, row.GetProperty(side).GetProperty("sd").ValueKind);
            });
            Assert.Equal(JsonValueKind.Null, row.GetProperty("tests").ValueKind);
        });
        AssertNoNumberIsMadeUp(fault);
    }

    private static JsonElement Report(FaultFolder fault, string study)
    {
        string[] where = ["--manifest", "datasets.manifest", "--workspace", "W"];
        fault.Touchstone(["transfer", "run", study, .. where]).Succeeded();
        fault.Touchstone(["transfer", "report", study, .. where, "--json", "W/report.json", "--output", "W/site"]).Succeeded();
        return JsonDocument.Parse(File.ReadAllBytes(fault.File("W", "report.json"))).RootElement;
    }

    private static Dictionary<string, JsonElement> Rows(FaultFolder fault, string study) => Report(fault, study)
        .GetProperty("comparison").GetProperty("rows").EnumerateArray()
        .ToDictionary(row => row.GetProperty("structure").GetString() ?? "all", row => row.GetProperty("tests"));

    private static void AssertUndefined(JsonElement tests)
    {
        Assert.False(tests.GetProperty("isMarked").GetBoolean());
        Assert.All(Tests, test => Assert.All(Numbers, name =>
            Assert.Equal(JsonValueKind.Null, tests.GetProperty(test).GetProperty(name).ValueKind)));
    }

    private static void AssertTest(JsonElement tests, string name, double t, double df, double p)
    {
        var test = tests.GetProperty(name);
        Close.To(t, test.GetProperty("t").GetDouble(), 1e-9);
        Close.To(df, test.GetProperty("degreesOfFreedom").GetDouble(), 1e-9);
        Close.To(p, test.GetProperty("p").GetDouble(), 1e-9);
    }

    private static void AssertNoNumberIsMadeUp(FaultFolder fault) =>
        Assert.All(Directory.GetFiles(fault.File("W"), "*.*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".json" or ".csv"), path =>
        {
            Assert.DoesNotContain("NaN", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", File.ReadAllText(path), StringComparison.Ordinal);
        });
}
