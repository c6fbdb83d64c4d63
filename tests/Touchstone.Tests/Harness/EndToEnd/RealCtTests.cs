using System.Text.Json;
using AngleSharp.Html.Parser;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>The main job on three real CTs, through the command line and the real engine.</summary>
[Trait("Category", "Engine")]
[Collection(RoadsWithTheEngine.Name)]
public sealed class RealCtTests : IClassFixture<ExampleImages>
{
    private static readonly (string Archive, string Layout)[] Entries =
    [
        ("atlas-only", "flat"), ("threshold-components", "flat"), ("atlas-intensity", "folder"), ("careful", "flat"), ("fragile", "flat"),
    ];

    [ExtraFact(Extra.RealCts)]
    public void EveryExample_FromSubmissionToSite()
    {
        using var folder = new TemporaryFolder();
        var ids = Entries.Select(entry => Submit(folder, entry.Archive, entry.Layout)).ToList();

        Touchstone(folder, "run", "--all");
        Touchstone(folder, "rank", "--challenge", "real-ct", "--json", folder.File("rank.json"));
        Touchstone(folder, "publish", "--output", folder.File("site"));

        CheckStandings(folder.File("rank.json"), ids);
        CheckSite(folder.File("site"), ids);
    }

    [ExtraFact(Extra.RealCts)]
    public void PythonExample_BuiltFromDebianPackages_SegmentsEveryCase()
    {
        using var folder = new TemporaryFolder();
        ExampleImages.Build("python-numpy");
        Submit(folder, "python-numpy", "folder");

        Touchstone(folder, "run", "--all");
        Touchstone(folder, "rank", "--challenge", "real-ct", "--json", folder.File("rank.json"));

        using var json = JsonDocument.Parse(File.ReadAllBytes(folder.File("rank.json")));
        Assert.Equal(3, json.RootElement.GetProperty("entries")[0].GetProperty("coverage")[0].GetProperty("scored").GetInt32());
    }

    [ExtraFact(Extra.RealCts)]
    public void Run_KilledAtAnyMoment_GoesOnToTheSameScores()
    {
        using var whole = new TemporaryFolder();
        using var killed = new TemporaryFolder();
        Submit(whole, "threshold-components", "flat");
        Submit(killed, "threshold-components", "flat");
        Touchstone(whole, "run", "--all");

        foreach (var milliseconds in new[] { 700, 1500, 2500 })
        {
            using var process = CommandRun.StartTouchstone("run", "--all", "--workspace", killed.File("workspace"));
            process.WaitForExit(milliseconds);
            process.Kill();
            process.WaitForExit();
        }

        Touchstone(killed, "run", "--all");

        Assert.Equal(Scores(whole), Scores(killed));
        Assert.Empty(CommandRun.Of("docker", "ps", "-aq", "--filter", Label(killed)).Succeeded().Output);
        Assert.Empty(CommandRun.Of("docker", "volume", "ls", "-q", "--filter", Label(killed)).Succeeded().Output);
    }

    [ExtraFact(Extra.RealCts)]
    public void Reindex_AfterTheStoreIsLost_GivesTheSameStandingsAndTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        Submit(folder, "atlas-only", "flat");
        Touchstone(folder, "run", "--all");
        Touchstone(folder, "rank", "--challenge", "real-ct", "--json", folder.File("before.json"));
        foreach (var file in Directory.GetFiles(folder.File("workspace"), "store.sqlite*"))
        {
            File.Delete(file);
        }

        Touchstone(folder, "reindex");
        var first = File.ReadAllBytes(folder.File("workspace", "store.sqlite"));
        Touchstone(folder, "reindex");
        var second = File.ReadAllBytes(folder.File("workspace", "store.sqlite"));
        Touchstone(folder, "rank", "--challenge", "real-ct", "--json", folder.File("after.json"));

        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllText(folder.File("before.json")), File.ReadAllText(folder.File("after.json")));
    }

    private static void CheckStandings(string path, List<string> ids)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var entries = json.RootElement.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(ids.Order(), entries.Select(entry => entry.GetProperty("entry").GetProperty("id").GetString()!).Order());
        foreach (var all in entries.Select(entry => entry.GetProperty("coverage")[0]))
        {
            Assert.Equal(3, all.GetProperty("expected").GetInt32());
            Assert.Equal(0, all.GetProperty("missing").GetInt32());
            Assert.InRange(all.GetProperty("meanSeconds").GetDouble(), 0.01, 120);
        }

        // The best of the examples finds lungs, liver and bones on real CTs; the floor is far below, but nothing broken gets there.
        var best = json.RootElement.GetProperty("tables").EnumerateArray()
            .Where(table => table.GetProperty("metric").GetString() == "dsc" && table.GetProperty("structure").ValueKind == JsonValueKind.Null)
            .First().GetProperty("rows").EnumerateArray().Max(row => row.GetProperty("mean").GetDouble());
        Assert.InRange(best, 0.15, 0.95);
    }

    private static void CheckSite(string site, List<string> ids)
    {
        var parser = new HtmlParser();
        var index = parser.ParseDocument(File.ReadAllText(Path.Combine(site, "index.html")));
        var board = index.QuerySelectorAll("table")[0].TextContent;
        Assert.All(Entries, entry => Assert.Contains(entry.Archive, board, StringComparison.Ordinal));
        Assert.All(["DSC", "NSD", "IID", "OOD", "Gap", "Seconds per", "Scored", "wrong grid"],
            heading => Assert.Contains(heading, board, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.True(File.Exists(Path.Combine(site, "submission", $"{id}.html"))));
        Assert.Contains("Liver", parser.ParseDocument(
            File.ReadAllText(Path.Combine(site, "submission", $"{ids[0]}.html"))).Body!.TextContent, StringComparison.Ordinal);
        Assert.All(["scores.csv", "standings.csv", "standings.json", "results.json"],
            name => Assert.True(new FileInfo(Path.Combine(site, "data", name)).Length > 0));
    }

    private static string Label(TemporaryFolder folder) =>
        $"label=touchstone.workspace={Workspace.Open(folder.File("workspace")).Id}";

    private static string Scores(TemporaryFolder folder)
    {
        Touchstone(folder, "publish", "--output", folder.File("site"));
        return File.ReadAllText(folder.File("site", "data", "scores.csv"));
    }

    private static void Touchstone(TemporaryFolder folder, params string[] arguments) =>
        CommandRun.Touchstone([.. arguments, "--workspace", folder.File("workspace")]).Succeeded();

    private static string Submit(TemporaryFolder folder, string archive, string layout) => CommandRun.Touchstone(
        "submit", ExampleImages.Archive(archive), "--team", "Test", "--name", archive, "--challenge", "real-ct",
        "--layout", layout, "--workspace", folder.File("workspace")).Succeeded().Output.Trim();
}
