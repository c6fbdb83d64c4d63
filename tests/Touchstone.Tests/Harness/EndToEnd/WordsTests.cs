using Touchstone.Tests.Harness.Boards;

namespace Touchstone.Tests.Harness.EndToEnd;

/// <summary>Words that are nearly right, and beginnings of ids.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("chek image.tar", "Did you mean `touchstone check`?")]
    [InlineData("datasets verfy", "Did you mean `touchstone datasets verify`?")]
    [InlineData("rank --chalenge x", "Did you mean `--challenge`?")]
    [InlineData("init x", "--template python-numpy|python-torch|csharp is missing.")]
    [InlineData("evaluate --reference a --prediction b --tolerance-mm two", "--tolerance-mm takes a number, not \"two\".")]
    [InlineData("run --all --repeat many", "--repeat takes a whole number, not \"many\".")]
    public void CommandLine_NearlyRight_SaysWhatIsMeantWithoutNamesOfTypes(string words, string said)
    {
        var run = CommandRun.Here(words.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Submissions_AreListed_AndFoundByTheBeginningOfTheirId()
    {
        using var ours = new PhasedWorkspace();
        var (alpha, beta) = (ours.Enter("Alpha", "test"), ours.Enter("Beta", "debug"));
        ours.Enter("Betty", "test");

        var listed = Run(ours, "submissions").Succeeded().Output;
        Assert.Contains(alpha.Id, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(alpha.Id, Listed(ours, "submissions", "--phase", "debug", "--json"), StringComparison.Ordinal);
        Assert.Contains("\"results\": 2", Listed(ours, "submissions", "--phase", "debug", "--json"), StringComparison.Ordinal);

        Assert.Contains($"{alpha.Id}: disqualified.", Disqualify(ours, "alpha").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("2 submissions begin with \"bet\"", Disqualify(ours, "bet").Error, StringComparison.Ordinal);
        Assert.Contains($"Did you mean {beta.Id}?", Disqualify(ours, beta.Id[..^1] + "x").Error, StringComparison.Ordinal);
        Assert.Contains("disqualified", Run(ours, "submissions").Output, StringComparison.Ordinal);
        Assert.Equal(2, Run(ours, "feedback", "nothing-like-it").ExitCode);
    }

    private static CommandRun Run(PhasedWorkspace ours, params string[] words) =>
        CommandRun.Here([.. words, "--workspace", ours.File("workspace")]);

    private static string Listed(PhasedWorkspace ours, params string[] words) => Run(ours, words).Succeeded().Output;

    private static CommandRun Disqualify(PhasedWorkspace ours, string id) => Run(ours, "disqualify", id, "--reason", "Because.");
}
