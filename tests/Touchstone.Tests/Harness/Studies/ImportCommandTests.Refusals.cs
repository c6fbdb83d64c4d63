using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Studies;

/// <summary>What <c>touchstone import</c> does not take, and what it names instead of passing over it.</summary>
public sealed partial class ImportCommandTests
{
    [Fact]
    public void Import_OfAnotherStudyOnTheSameDataset_RefusesCasesThatItsListLacksWithTheirLines()
    {
        Study(("A", "s1,0.5,0.9\ns2,0.5,0.4\n"));
        Import(_folder.File("study")).Succeeded();
        Study(("A", "s1,0.5,0.9\ns2,0.5,0.4\n"), ("B", "s1,0.5,0.9\nS2,1,1\nother,1,1\n"));

        var run = Import(_folder.File("study"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("B/dsc.csv has 2 mistakes", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 3: totalsegmentator was imported before, without a case \"S2\", but \"s2\".", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: totalsegmentator was imported before, without a case \"other\".", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_ColumnsOfNoStructure_AreNamed()
    {
        Study(("A", "s1,0.5,0.9\n"));
        foreach (var metric in new[] { "dsc", "nsd" })
        {
            _folder.Write($"study/A/{metric}.csv", "name,liver,stomach,leber\ns1,0.5,0.9,0.1\n");
        }

        Assert.Contains(
            "No known numbering has these structures, which count under their own names: leber.",
            Import(_folder.File("study")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(
            ["liver", "stomach", "leber"], ChallengeRules.Read(Workspace.Open(_folder.File("workspace")), "published-totalsegmentator").Structures);
        Challenge("liver, spleen", "totalsegmentator");
        var run = Import(_folder.File("study"), "--challenge", _folder.File("mine.yaml")).Succeeded();

        Assert.Contains("Not ranked, because mine does not have them: \"stomach\", \"leber\".", run.Output, StringComparison.Ordinal);
        Assert.Contains("Next: touchstone rank --challenge mine", run.Output, StringComparison.Ordinal);
        Touchstone("rank", "--challenge", "mine").Succeeded();
    }

    [Theory]
    [InlineData("spleen, pancreas", "totalsegmentator", "mine has none of the structures of the study (\"aorta\", \"liver\"): it has spleen, pancreas.")]
    [InlineData("aorta, liver", "flare23", "mine has no dataset totalsegmentator, so nobody would see the scores: it has flare23.")]
    public void Import_IntoAChallengeThatWouldNotShowIt_IsRefusedAndNothingIsKept(string structures, string dataset, string expected)
    {
        Study(("A", "s1,0.5,0.9\n"));
        Challenge(structures, dataset);

        var run = Import(_folder.File("study"), "--challenge", _folder.File("mine.yaml"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("workspace/imports")));
        Assert.False(Directory.Exists(_folder.File("workspace/challenges")));
    }

    [Theory]
    [InlineData("id;sex\ns1;f\ns1;m\n", "line 3: the case \"s1\" is already listed in line 2.")]
    [InlineData("patient,sex\ns1,f\n", "line 1: the header has no column of cases: one of case, name")]
    [InlineData("id;sex\ns1;f;m\n", "line 2: 3 cells where the header has 2")]
    public void Import_MetadataWithMistakes_IsRefusedWithTheirLine(string text, string expected)
    {
        Study(("A", "s1,0.5,0.9\n"));

        var run = Import(_folder.File("study"), "--metadata", _folder.Write("meta.csv", text));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_FolderThatIsNoMethod_IsNamedInsteadOfLeftOut()
    {
        Study(("A", "s1,0.5,0.9\n"), ("B", "s1,0.5,0.9\n"));
        File.Move(_folder.File("study/B/dsc.csv"), _folder.File("study/B/dice.csv"));

        Assert.Contains("B has CSV files but no dsc.csv", Import(_folder.File("study")).Error, StringComparison.Ordinal);
        Assert.Contains("is the folder of one method", Import(_folder.File("study/A")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_SecondPartWithOtherTrainingData_IsRefused()
    {
        Study(("A", "s1,0.5,0.9\n"));
        Import(_folder.File("study"), "--trained-on", "fullbodyatlas-1k").Succeeded();

        var run = Import(_folder.File("study"), "--trained-on", "flare23");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("A is there already as trained on fullbodyatlas-1k, which cannot be changed", run.Error, StringComparison.Ordinal);
    }

    private void Challenge(string structures, string dataset) => _folder.Write("mine.yaml", $"""
        title: Mine
        description: Made by a test.
        labels: abdomenatlas-1.1
        structures: [{structures}]
        datasets: [{dataset}]
        """);
}
