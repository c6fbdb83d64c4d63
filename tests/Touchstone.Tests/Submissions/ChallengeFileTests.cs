using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Submissions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Submissions;

public sealed class ChallengeFileTests
{
    public static TheoryData<string> BuiltIn => [.. ChallengeFile.BuiltIn];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void ReadBuiltIn_EveryChallenge_NamesKnownLabelsStructuresAndDatasets(string id)
    {
        var manifest = Manifest.Read(Repository.File("datasets.manifest"));

        var challenge = ChallengeFile.ReadBuiltIn(id);

        var labels = LabelMaps.Find(challenge.Labels);
        Assert.NotNull(labels);
        Assert.All(challenge.Structures, structure => Assert.NotNull(labels.LabelOf(structure)));
        Assert.All(challenge.Datasets, dataset => Assert.NotNull(manifest.Find(dataset)));
        Assert.Contains(challenge.Protocol, Protocol.Names);
    }

    [Fact]
    public void ReadBuiltIn_UnknownId_NamesTheKnownOnes()
    {
        var fault = Assert.Throws<SubmissionException>(() => ChallengeFile.ReadBuiltIn("nope"));

        Assert.Equal(SubmissionFault.UnknownChallenge, fault.Fault);
        Assert.Contains("demo", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralMistakes_ReportsEachWithItsLine()
    {
        var fault = Assert.Throws<MistakesException>(() => ChallengeFile.Parse("mine", "mine.yaml", """
            title: Mine
            labels: abdomenatlas-1.1
            structures: [liver, liver]
            datasets: here
            limits:
              wall-seconds: -1
              memory-gb: 3
            """));

        Assert.Equal([1, 3, 4, 6, 7], fault.Mistakes.Select(mistake => mistake.Line));
    }

    [Fact]
    public void Parse_Ranking_HasSchemeAndWeights()
    {
        var challenge = ChallengeFile.Parse("mine", "mine.yaml", Text("""
            ranking:
              scheme: rank-then-mean
              weights: { liver: 0.5 }
            """));

        Assert.Equal("rank-then-mean", challenge.Scheme);
        Assert.Equal(0.5, Assert.Single(challenge.Weights).Value);
        Assert.Equal("mean-then-rank", ChallengeFile.Parse("mine", "mine.yaml", Text("")).Scheme);
    }

    [Theory]
    [InlineData("ranking: { weights: { liver: -1 } }", "must be a number of 0 or more")]
    [InlineData("ranking: { weights: { heart: 1 } }", "\"heart\" has a weight")]
    [InlineData("ranking: { weights: { liver: 0, aorta: 0 } }", "at least one structure")]
    [InlineData("ranking: { sceme: flare }", "has no \"sceme\"")]
    [InlineData("ranking: { scheme: best }", "there is no scheme \"best\". Known: mean-then-rank")]
    public void Parse_RankingMistake_IsNamed(string line, string expected)
    {
        var vocabulary = new ChallengeVocabulary
        {
            Labels = new Dictionary<string, IReadOnlyCollection<string>> { ["abdomenatlas-1.1"] = ["liver", "aorta"] },
            Schemes = Touchstone.Leaderboard.SchemeNames.All,
            FaultOfMetrics = (_, _) => null,
        };

        var fault = Assert.Throws<MistakesException>(() => ChallengeFile.Parse("mine", "mine.yaml", Text(line), vocabulary));

        Assert.Contains(expected, Assert.Single(fault.Mistakes).Message, StringComparison.Ordinal);
    }

    private static string Text(string more) => $"""
        title: Mine
        description: Mine.
        labels: abdomenatlas-1.1
        structures: [liver, aorta]
        datasets: [here]
        {more}
        """;
}
