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
}
