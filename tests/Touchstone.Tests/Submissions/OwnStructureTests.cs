using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Submissions;

/// <summary>A challenge with structures and numbers of its own.</summary>
public sealed class OwnStructureTests : IDisposable
{
    private const string Rules = """
        title: Elsewhere
        description: Six structures of our own.
        labels: LABELS
        datasets: [here]

        """;

    private const string Map =
        """{ liver: 1, "liver_tumour": { label: 7, caption: Liver tumour (HCC), colour: "#C83232", group: Tumours, hard: yes }, pdac: 8, vertebra_L1: 21, vertebra_L2: 22, Aorta-thoracic.v2: 200 }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_GroupOfStructures_IsTheNumberingAndTheStructures()
    {
        var challenge = Parse(Map);

        Assert.Equal("mine", challenge.Labels);
        Assert.Equal(["liver", "liver_tumour", "pdac", "vertebra_L1", "vertebra_L2", "Aorta-thoracic.v2"], challenge.Structures);
        Assert.Equal((byte)21, ChallengeRules.LabelsOf(challenge).LabelOf("vertebra_L1"));
        Assert.Null(ChallengeRules.LabelsOf(challenge).LabelOf("vertebra_l1"));
        Assert.Equal(
            new StructureFacts { Caption = "Liver tumour (HCC)", Colour = "#c83232", Group = "Tumours", IsHard = true },
            Assert.Single(challenge.Facts).Value);
        Assert.Equal(["pdac", "liver"], Parse(Map, "structures: [pdac, liver]").Structures);
    }

    [Fact]
    public void Parse_KnownNumbering_CountsAllOfItWhereNothingElseIsSaid() =>
        Assert.Equal(15, Parse("bodymaps-2024").Structures.Count);

    [Theory]
    [InlineData("{ liver: 0 }", "\"liver\" needs a label, a whole number from 1 to 255")]
    [InlineData("{ liver: 256 }", "\"liver\" needs a label")]
    [InlineData("{ liver: one }", "\"liver\" needs a label")]
    [InlineData("{ liver: {} }", "\"liver\" needs a label")]
    [InlineData("{ liver: 1, spleen: 1 }", "label 1 is liver already.")]
    [InlineData("{ vertebra_L1: 1, vertebra_l1: 2 }", "\"vertebra_L1\" and \"vertebra_l1\" differ in case only")]
    [InlineData("{ \"Läsion\": 1 }", "\"Läsion\" is no name of a structure: use letters of ASCII")]
    [InlineData("{ \"../x\": 1 }", "\"../x\" is no name of a structure")]
    [InlineData("{ gallbladder: 1 }", "\"gallbladder\" is called \"gall_bladder\" here.")]
    [InlineData("{ liver: { label: 1, color: red } }", "a structure liver has no \"color\". Known: caption, colour, group, hard, label.")]
    [InlineData("{ liver: { label: 1, colour: red } }", "\"colour\" is \"red\"; it must be red, green and blue in quotes")]
    [InlineData("{ liver: { label: 1, hard: maybe } }", "\"hard\" is \"maybe\"; it must be no or yes.")]
    [InlineData("{ liver: { label: 1, caption: \"\" } }", "\"caption\" must be one line of at most 80 characters.")]
    [InlineData("{}", "\"labels\" names no structure.")]
    [InlineData("[liver]", "\"labels\" must be a text or number, not a list.")]
    [InlineData("nowhere.txt", "there is no numbering \"nowhere.txt\", and no file of that name beside this one.")]
    public void Parse_LabelsThatCannotBe_AreAMistakeWithItsLine(string labels, string words)
    {
        var fault = Assert.Throws<MistakesException>(() => Parse(labels));

        var mistake = Assert.Single(fault.Mistakes, one => one.Message.Contains(words, StringComparison.Ordinal));
        Assert.Equal(3, mistake.Line);
    }

    [Fact]
    public void Parse_SeveralMistakes_AreToldAtOnce()
    {
        var fault = Assert.Throws<MistakesException>(() => Parse("{ Liver: 1, liver: 1, bad name: 300 }", "structures: [spleen]"));

        Assert.Equal(5, fault.Mistakes.Count); // twins, label 1 twice, a blank, label 300, and spleen, which it has not
    }

    [Theory]
    [InlineData("ours.txt", "0 background\n1 liver\n7 liver_tumour\n8 pdac\n21 vertebra_L1\n22 vertebra_L2\n200 Aorta-thoracic.v2\n")]
    [InlineData("dataset.json", """{"labels": {"background": 0, "liver": 1, "liver_tumour": 7, "pdac": 8, "vertebra_L1": 21, "vertebra_L2": 22, "Aorta-thoracic.v2": 200}}""")]
    [InlineData("snap.txt", "1 1 2 3 1 1 1 \"liver\"\n7 200 50 50 1 1 1 \"liver tumour\"\n8 1 1 1 1 1 1 \"pdac\"\n21 1 1 1 1 1 1 \"vertebra L1\"\n22 1 1 1 1 1 1 \"vertebra L2\"\n200 1 1 1 1 1 1 \"Aorta-thoracic.v2\"\n")]
    [InlineData("our table.ctbl", "# Color table file\n1 liver 1 2 3 255\n7 liver_tumour 200 50 50 255\n8 pdac 1 1 1 255\n21 vertebra_L1 1 1 1 255\n22 vertebra_L2 1 1 1 255\n200 Aorta-thoracic.v2 1 1 1 255\n")]
    public void Read_FileOfLabels_IsTheSameAndStandsInTheRulesThatAreKept(string name, string text)
    {
        _folder.Write(name, text);
        var path = Write(Rules.Replace("LABELS", name, StringComparison.Ordinal).ReplaceLineEndings("\r\n") + "# 🩻 the end\r\n");
        var workspace = Workspace.Open(_folder.File("ws"));

        var entered = ChallengeRules.Enter(workspace, path);
        File.Delete(_folder.File(name));
        var kept = ChallengeRules.Read(workspace, "mine");

        Assert.Equal(Parse(Map).Structures, kept.Structures);
        Assert.Equal(Parse(Map).Numbers, kept.Numbers);
        Assert.Equal(entered.Sha256, kept.Sha256);
        Assert.EndsWith("# 🩻 the end\r\n", File.ReadAllText(_folder.File("ws", "challenges", "mine.yaml")), StringComparison.Ordinal);
        Assert.Equal(name is "snap.txt" or "our table.ctbl" ? "#c83232" : null, kept.Facts.GetValueOrDefault("liver_tumour")?.Colour);
    }

    [Fact]
    public void Read_FileOfLabelsChanged_IsOtherRules()
    {
        _folder.Write("ours.txt", "1 liver\n2 pdac\n");
        var path = Write(Rules.Replace("LABELS", "ours.txt", StringComparison.Ordinal));
        var workspace = Workspace.Open(_folder.File("ws"));
        ChallengeRules.Enter(workspace, path);
        ChallengeRules.Enter(workspace, path);

        _folder.Write("ours.txt", "2 liver\n1 pdac\n");

        Assert.Contains(
            "There are other rules under the name \"mine\" already",
            Assert.Throws<SubmissionException>(() => ChallengeRules.Enter(workspace, path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileOfLabelsWithMistakes_NamesItBesideTheOthers()
    {
        _folder.Write("ours.txt", "1 liver\n1 pdac\n");
        var path = Write(Rules.Replace("LABELS", "ours.txt", StringComparison.Ordinal) + "team-size: none\n");

        var fault = Assert.Throws<MistakesException>(() => ChallengeRules.FindForContainers(path));

        Assert.Contains(fault.Mistakes, one => one.Line == 3 && one.Message.Contains("ours.txt is no label map: line 2: label 1 is liver already", StringComparison.Ordinal));
        Assert.Contains(fault.Mistakes, one => one.Message.Contains("team-size", StringComparison.Ordinal));
    }

    [Fact]
    public void Contest_OfOwnStructures_CallsAndMarksThemAsTheChallengeDoes()
    {
        var manifest = Manifest.Parse("""
            version: 1
            datasets:
              - id: here
                title: Here
                purpose: demonstration
                access: private
                volumes: { original: 1, accessible: 1 }
                distribution: ood
                source: made up
                files: { root: data, case-list: cases.csv }
            """, _folder.File("datasets.manifest"));
        _folder.Write("cases.csv", "case\none\n");

        var contest = ContestBuilder.Build(Parse(Map), manifest, Workspace.Open(_folder.File("ws")));

        Assert.Equal("Liver tumour (HCC)", Touchstone.Leaderboard.Site.Show.Structure(contest, "liver_tumour"));
        Assert.Equal("Vertebra L1", Touchstone.Leaderboard.Site.Show.Structure(contest, "vertebra_L1"));
        Assert.Equal([false, true, false, false, false, false], contest.Structures.Select(contest.IsHard));
        Assert.Equal("#c83232", Touchstone.Leaderboard.Viewer.StructureColour.Of(contest, 1).ToString());
    }

    private string Write(string text) => _folder.Write("mine.yaml", text);

    private static Challenge Parse(string labels, string more = "") =>
        ChallengeRules.Parse("mine", Rules.Replace("LABELS", labels, StringComparison.Ordinal) + more);
}
