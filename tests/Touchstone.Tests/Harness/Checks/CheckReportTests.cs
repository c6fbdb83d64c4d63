using System.Text;
using System.Text.Json;
using Touchstone.Harness.Checks;

namespace Touchstone.Tests.Harness.Checks;

public sealed class CheckReportTests
{
    [Fact]
    public void Text_GoodImage_IsGolden() => Golden.Check("check-pass.txt", CheckText.Of(CheckReport.Of(SomeCheck.Facts, "0.0.0")));

    [Fact]
    public void Text_BadImage_IsGolden() => Golden.Check("check-fail.txt", CheckText.Of(CheckReport.Of(SomeCheck.Bad, "0.0.0")));

    [Fact]
    public void Text_RefusedImage_IsGolden() => Golden.Check("check-refused.txt", CheckText.Of(CheckReport.Of(Refused, "0.0.0")));

    [Fact]
    public void Json_BadImage_IsGolden() =>
        Golden.Check("check-fail.json", Encoding.UTF8.GetString(CheckReport.Of(SomeCheck.Bad, "0.0.0").ToJson()));

    [Fact]
    public void Json_HoldsTheKeysThatTheReadmeNames()
    {
        var readme = File.ReadAllText(Repository.File("submissions", "README.md"));
        using var json = JsonDocument.Parse(CheckReport.Of(SomeCheck.Facts, "0.0.0").ToJson());

        var keys = json.RootElement.EnumerateObject().Select(member => member.Name);

        Assert.Equal(["schema", "touchstone", "verdict", "findings", "image", "rules", "start", "cases", "repeat", "replay"], keys);
        Assert.All(keys, key => Assert.Contains($"| `{key}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_LongLog_ShowsItsEnd()
    {
        var log = string.Join('\n', Enumerable.Range(1, 500).Select(line => $"line {line}"));
        var facts = SomeCheck.Facts with { Cases = [SomeCheck.Failed("a", Touchstone.Leaderboard.Results.Ending.Crashed, "Exited with code 1.", log)] };

        var text = CheckText.Of(CheckReport.Of(facts, "0.0.0"));

        Assert.Contains("the last 200 lines", text, StringComparison.Ordinal);
        Assert.Contains("| line 301\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| line 300\n", text, StringComparison.Ordinal);
    }

    private static CheckFacts Refused => new()
    {
        Image = new CheckedImage("huge.tar", null, null, 4L << 30, "The image unpacks to more than 4 GiB, the limit. Remove caches."),
        Rules = SomeCheck.Facts.Rules,
    };
}
