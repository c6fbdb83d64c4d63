using System.Text.Json;
using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>The workspace and files that an older build wrote (<c>tests/golden/workspace-c0805fa</c>), as this build reads them.</summary>
public sealed class GoldenWorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GoldenWorkspaceTests()
    {
        var source = Repository.File("tests", "golden", "workspace-c0805fa");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = _folder.File(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // Git keeps no mode but the run bit.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File("workspace", "workspace.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// That build took a blank cell of this imported method for a score of 0, in a case whose reference has nothing of the
    /// structure. It is undefined, so the method's own numbers, and its place among the others, are not held to what was said then.
    /// </summary>
    private const string WithABlankCell = "first-43c3b71a";

    [Theory]
    [InlineData("test", "--challenge", "boxes", "--phase", "test")]
    [InlineData("warm-up", "--challenge", "boxes.yaml", "--phase", "warm-up")]
    [InlineData("published-north", "--challenge", "published-north")]
    public void Rank_WithTheStoreAsItWas_GivesTheSameBoard(string expected, params string[] board) => AssertBoard(expected, board);

    [Fact]
    public void Rank_AfterReindex_GivesTheSameBoard()
    {
        Touchstone("reindex").Succeeded();

        AssertBoard("test", "--challenge", "boxes", "--phase", "test");
    }

    [Fact]
    public void Feedback_UsesTheNamesThatTheTeamKnows()
    {
        var entry = Path.GetFileName(Directory.GetDirectories(_folder.File("workspace", "submissions"), "gamma-*").Single());

        var feedback = Touchstone("feedback", entry).Succeeded();

        Assert.Equal(File.ReadAllText(_folder.File("expected", "feedback.txt")), feedback.Output);
    }

    [Fact]
    public void Publish_OfEveryBoard_NamesEveryEntry()
    {
        Touchstone("publish", "--manifest", "datasets.manifest", "--output", "site").Succeeded();

        var page = string.Concat(Directory.EnumerateFiles(_folder.File("site"), "index.html", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(["Alpha", "Beta", "Gamma", "Delta", "Omega", "First"], name => Assert.Contains(name, page, StringComparison.Ordinal));
    }

    [Fact]
    public void TransferReport_OfAStudyBegun_GivesTheSameNumbers()
    {
        Touchstone("transfer", "report", "study.yaml", "--manifest", "datasets.manifest", "--json", "report.json", "--output", "report").Succeeded();

        using var expected = JsonDocument.Parse(File.ReadAllBytes(_folder.File("expected", "study.json")));
        using var actual = JsonDocument.Parse(File.ReadAllBytes(_folder.File("report.json")));
        Assert.Equal(Numbers(expected.RootElement, ""), Numbers(actual.RootElement, "").Where(Numbers(expected.RootElement, "").Contains));
    }

    [Fact]
    [Trait("Category", "Engine")]
    public void Run_WhereEveryCaseOfRankedEntriesHasItsResult_RunsNothing() =>
        Assert.Contains(
            "0 cases run, 18 had a result already",
            Touchstone("run", "--all", "--manifest", "datasets.manifest").Succeeded().All,
            StringComparison.Ordinal);

    /// <summary>Every rank, mean and median of the older build stands in what this build says; it may say more.</summary>
    private void AssertBoard(string name, params string[] board)
    {
        Touchstone(["rank", .. board, "--manifest", "datasets.manifest", "--json", "rank.json"]).Succeeded();
        using var expectedFile = JsonDocument.Parse(File.ReadAllBytes(_folder.File("expected", name + ".json")));
        using var actualFile = JsonDocument.Parse(File.ReadAllBytes(_folder.File("rank.json")));
        var (expected, actual) = (expectedFile.RootElement, actualFile.RootElement);

        Assert.Equal(
            expected.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "id")).Where(id => id != WithABlankCell),
            actual.GetProperty("entries").EnumerateArray().Select(entry => Text(entry.GetProperty("entry"), "id")).Where(id => id != WithABlankCell));
        Assert.Equal(
            expected.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "rank")),
            actual.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "rank")));
        var apart = actual.TryGetProperty("setApart", out var list) ? list.EnumerateArray().Select(one => Text(one, "entry")) : [];
        Assert.Equal(expected.GetProperty("setApart").EnumerateArray().Select(one => one.GetString()!), apart);
        var rows = actual.GetProperty("tables").EnumerateArray().SelectMany(table => Rows(table, table.GetProperty("scope"), "kind")).ToHashSet();
        var known = expected.GetProperty("tables").EnumerateArray().SelectMany(table => Rows(table, table, "scope"))
            .Where(row => !row.Contains(WithABlankCell, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(known);
        Assert.All(known, row => Assert.Contains(row, rows));
    }

    private static IEnumerable<string> Rows(JsonElement table, JsonElement scope, string kind) =>
        table.GetProperty("rows").EnumerateArray().Select(row => string.Join(' ',
            Text(scope, kind), Text(scope, "dataset"), Text(table, "metric"), Text(table, "structure"),
            Text(row, "entry"), Text(row, "mean"), Text(row, "median")));

    /// <summary>Every number of a document with the path to it.</summary>
    private static List<string> Numbers(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(member => Numbers(member.Value, $"{path}/{member.Name}"))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany((one, index) => Numbers(one, $"{path}/{index}"))],
        JsonValueKind.Number => [$"{path} = {element.GetRawText()}"],
        _ => [],
    };

    private static string Text(JsonElement element, string member) => element.GetProperty(member).ToString();

    private CommandRun Touchstone(params string[] arguments) =>
        CommandRun.In(_folder.Path, CommandRun.Executable, [.. arguments, "--workspace", "workspace"]);
}
