using System.Text.RegularExpressions;
using Touchstone.Leaderboard;

namespace Touchstone.Tests.Leaderboard;

public sealed partial class CountedTests
{
    [Theory]
    [InlineData(0, "0 entries")]
    [InlineData(1, "1 entry")]
    [InlineData(2, "2 entries")]
    [InlineData(1_234_567, "1234567 entries")]
    public void Of_OneIsSingular(long count, string text) => Assert.Equal(text, Counted.Of(count, "entry", "entries"));

    /// <summary>A number that may be 1 in front of a plural in a message; what is never 1 is written in capitals, as constants are.</summary>
    [Fact]
    public void Messages_HaveNoPluralBehindACountThatMayBeOne()
    {
        var found = ((string[])["harness", "leaderboard"])
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(path => File.ReadLines(path).Where(line => PluralBehindACount.IsMatch(line) && !line.Contains("///", StringComparison.Ordinal))
                .Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"))
            .ToList();

        Assert.True(found.Count == 0, "Use Counted.Of:\n" + string.Join('\n', found));
    }

    [GeneratedRegex(@"\{[^{}""]*(Count|Count\(\)|Cases|Finished|Planned|Abandoned|Length|files|written|results|images|found|more)\} (cases|files|images|results|jobs|methods|structures|masks|problems|entries|workers|trials|layers|members|others?|other files)\b")]
    private static partial Regex PluralBehindACount { get; }
}
