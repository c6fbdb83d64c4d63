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

    [Theory]
    [InlineData("", TimingProtocol.PerCase, 1, false)]
    [InlineData("timing: { protocol: per-case, warm-up: yes }", TimingProtocol.PerCase, 1, true)]
    [InlineData("timing: { protocol: batch }", TimingProtocol.Batch, 10, false)]
    [InlineData("timing: { protocol: batch, batch-cases: 4, warm-up: no }", TimingProtocol.Batch, 4, false)]
    public void Parse_Timing_IsAsWritten(string timing, TimingProtocol protocol, int cases, bool warmUp)
    {
        var rules = Parse(timing).Timing;

        Assert.Equal((protocol, cases, warmUp), (rules.Protocol, rules.CasesPerContainer, rules.WarmUp));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("timing: { cold: no, warm-up: yes }", false)]
    [InlineData("timing: { cold: yes }", true)]
    [InlineData("timing: { protocol: batch, cold: yes, warm-up: no }", true)]
    public void Parse_Cold_IsAsWritten(string timing, bool cold) => Assert.Equal(cold, Parse(timing).Timing.Cold);

    [Theory]
    [InlineData("timing: { protocol: chunks }")]
    [InlineData("timing: { protocol: batch, batch-cases: 0 }")]
    [InlineData("timing: { batch-cases: 4 }")]
    [InlineData("timing: { warm-up: perhaps }")]
    [InlineData("timing: { cold: perhaps }")]
    [InlineData("timing: { warm-up: yes, cold: yes }")]
    [InlineData("timing: { repeat: 3 }")]
    public void Parse_TimingThatCannotBe_IsAMistake(string timing) =>
        Assert.Equal([6], Assert.Throws<MistakesException>(() => Parse(timing)).Mistakes.Select(mistake => mistake.Line));

    private static Challenge Parse(string timing) => ChallengeFile.Parse("mine", "mine.yaml", $"""
        title: Mine
        description: Mine.
        labels: abdomenatlas-1.1
        structures: [liver]
        datasets: [here]
        {timing}
        """);

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
            Labels = new Dictionary<string, IReadOnlyDictionary<byte, string>>
            {
                ["abdomenatlas-1.1"] = new Dictionary<byte, string> { [1] = "liver", [2] = "aorta" },
            },
            FaultOfStructure = (_, _) => null,
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
