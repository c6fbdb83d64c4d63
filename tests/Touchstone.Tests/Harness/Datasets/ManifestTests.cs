using Touchstone.Harness.Datasets;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Harness.Datasets;

public sealed class ManifestTests
{
    private const string TenMistakes = """
        version: 2
        datasets:
          - id: Bad Id
            title: First
            purpose: training
            access: public
            volumes: { original: 10, accessible: 20 }
            distribution: iid
            source: here
          - id: second
            purpose: sleeping
            access: secret
            volumes: { original: ten }
            countries: [usa]
            annotators: [robot]
            distribution: iid
            source: here
            licence: misspelt
          - id: second
            title: Third
            purpose: training
            access: public
            volumes: { original: 1, accessible: 1 }
            part-of: nothing
            distribution: iid
            source: here
        """;

    [Fact]
    public void Parse_ManyMistakes_ReportsEachWithItsLine()
    {
        var fault = Assert.Throws<MistakesException>(() => Manifest.Parse(TenMistakes, "datasets.manifest"));

        Assert.Equal(
            [1, 3, 7, 10, 11, 12, 13, 14, 15, 18, 19, 19],
            fault.Mistakes.Select(mistake => mistake.Line));
        Assert.StartsWith("datasets.manifest has 12 mistakes:\n  line 1: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "version 1 of the manifest, not \"2\"")]
    [InlineData(3, "\"Bad Id\" is no id")]
    [InlineData(7, "20 volumes are accessible, but the original has only 10")]
    [InlineData(10, "needs \"title\"")]
    [InlineData(11, "\"purpose\" is \"sleeping\"; it must be training or external-validation or demonstration")]
    [InlineData(13, "\"original\" is \"ten\"; it must be a number of 0 or more")]
    [InlineData(14, "\"usa\" in \"countries\" must be a country code")]
    [InlineData(18, "a dataset has no \"licence\"")]
    [InlineData(19, "already taken by the dataset in line 10")]
    [InlineData(19, "part of \"nothing\", which is not in this manifest")]
    public void Parse_Mistake_SaysWhatWasExpected(int line, string part)
    {
        var fault = Assert.Throws<MistakesException>(() => Manifest.Parse(TenMistakes, "datasets.manifest"));

        Assert.Contains(fault.Mistakes, one => one.Line == line && one.Message.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("version: 1\ndatasets: none", 2, "must be a list")]
    [InlineData("version: 1", 1, "needs \"datasets\"")]
    [InlineData("version: 1\nversion: 1\ndatasets: []", 2, "already given in line 1")]
    [InlineData("version: 1\ndatasets:\n  - just text", 3, "must be a group")]
    [InlineData("version: [1\ndatasets: {", 1, "no valid YAML")]
    [InlineData("version: 1\ndatasets: a: b", 2, "no valid YAML")]
    public void Parse_NotAManifest_SaysWhere(string text, int line, string part)
    {
        var fault = Assert.Throws<MistakesException>(() => Manifest.Parse(text, "datasets.manifest"));

        Assert.Contains(fault.Mistakes, one => one.Line == line && one.Message.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_RepositoryManifest_HoldsEveryRowOfTheCatalogue()
    {
        var manifest = Manifest.Read(Repository.File("datasets.manifest"));

        var catalogue = manifest.Datasets.Where(one => one.Purpose != DatasetPurpose.Demonstration).ToList();
        Assert.Equal(24, catalogue.Count);
        Assert.Equal(13, catalogue.Count(one => one.Purpose == DatasetPurpose.Training));
        Assert.Equal(9_262, manifest.Find("abdomenatlas-1.1")!.VolumesAccessible);
        Assert.Equal(1_761, Parts(manifest, "fullbodyatlas-1k").Sum(one => one.VolumesAccessible));
        Assert.Equal(9_437, Parts(manifest, "abdomenatlas-9k").Sum(one => one.VolumesAccessible));
        Assert.Equal(15, Parts(manifest, "abdomenatlas-9k").Sum(one => one.Hospitals));
        Assert.Equal(
            20_460, manifest.Find("abdomenatlas-1.1")!.VolumesAccessible
            + manifest.Find("fullbodyatlas-1k")!.VolumesAccessible
            + manifest.Find("abdomenatlas-9k")!.VolumesAccessible);
    }

    private static IEnumerable<Dataset> Parts(Manifest manifest, string parent) =>
        manifest.Datasets.Where(one => one.PartOf == parent);
}
