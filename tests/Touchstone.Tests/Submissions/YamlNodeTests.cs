using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Submissions;

public sealed class YamlNodeTests
{
    [Theory]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("{a: ")]
    public void Parse_NestedDeeperThanAnyStack_IsAMistakeAndNotTheEndOfTheProcess(string level)
    {
        var mistakes = new List<Mistake>();

        var read = YamlNode.Parse(string.Concat(Enumerable.Repeat(level, 30_000)), mistakes);

        Assert.Null(read);
        Assert.Contains("nested more than 64 deep", Assert.Single(mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyKeys_IsSoonRead()
    {
        var mistakes = new List<Mistake>();

        var read = YamlNode.Parse(string.Concat(Enumerable.Range(0, 50_000).Select(number => $"k{number}: 1\n")) + "k7: 2\n", mistakes);

        Assert.Equal(50_000, Assert.IsType<YamlNode.Map>(read).Items.Count);
        Assert.Equal(new Mistake(50_001, "\"k7\" is already given in line 8."), Assert.Single(mistakes));
    }
}
