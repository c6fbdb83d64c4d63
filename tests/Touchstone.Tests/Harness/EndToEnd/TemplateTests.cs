using System.Text.Json;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>
/// Every template as a newcomer meets it: <c>touchstone init</c>, then the very commands of the README that it wrote, by the
/// way without a registry. PyTorch's image takes minutes and is built in the long mode only.
/// </summary>
[Trait("Category", "Engine")]
[Collection(RoadsWithTheEngine.Name)]
public sealed class TemplateTests
{
    public static TheoryData<string> Templates =>
        Environment.GetEnvironmentVariable("TOUCHSTONE_LONG") == "1"
            ? ["python-numpy", "csharp", "python-torch"]
            : ["python-numpy", "csharp"];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_ByItsOwnReadme_PassesTheCheck(string template)
    {
        using var folder = new TemporaryFolder();
        var name = $"kit-test-{template}";
        CommandRun.Touchstone("init", folder.File(name), "--template", template).Succeeded();
        try
        {
            Run(folder.File(name), [.. Commands(folder.File(name)).Select(line =>
                line.StartsWith("touchstone check", StringComparison.Ordinal) ? $"{line} --samples 1 --json report.json" : line)]);

            using var report = JsonDocument.Parse(File.ReadAllBytes(folder.File(name, "report.json")));
            Assert.Equal("pass", report.RootElement.GetProperty("verdict").GetString());
            Assert.True(report.RootElement.GetProperty("cases")[0].GetProperty("meanDsc").GetDouble() > 0);
        }
        finally
        {
            CommandRun.Of("docker", "rmi", name);
        }
    }

    /// <summary>The README's commands in their order; of the two builds the one without a registry.</summary>
    private static IEnumerable<string> Commands(string folder)
    {
        var lines = File.ReadLines(Path.Combine(folder, "README.md"))
            .Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        string[] order = ["dotnet publish", "docker build --network none", "docker save", "touchstone check", "docker run"];
        return order.SelectMany(start => lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    private static void Run(string folder, IReadOnlyList<string> commands)
    {
        var touchstone = Path.GetDirectoryName(CommandRun.Executable)!;
        string[] script = ["set -e", $"cd '{folder}'", $"export PATH=\"{touchstone}:$PATH\"", .. commands];
        Assert.True(commands.Count >= 3, string.Join('\n', commands));
        CommandRun.Of("bash", "-c", string.Join('\n', script)).Succeeded();
    }
}
