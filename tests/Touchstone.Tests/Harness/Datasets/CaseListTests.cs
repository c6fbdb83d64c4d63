using Touchstone.Harness.Datasets;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Harness.Datasets;

public sealed class CaseListTests
{
    private static readonly Dataset Mixed = Manifest.Parse(
        """
        version: 1
        datasets:
          - id: clinic
            title: Clinic
            purpose: demonstration
            access: public
            volumes: { original: 2, accessible: 2 }
            distribution: mixed
            source: made up
            files: { root: data, case-list: data/cases.csv }
        """,
        "/somewhere/datasets.manifest").Datasets[0];

    [Fact]
    public void Parse_QuotedAndBlankCells_KeepsMetadataAndLeavesBlanksOut()
    {
        var cases = Parse("case,distribution,sex,manufacturer\nA_1,iid,F,\"Siemens, Erlangen\"\nA_2,ood,,GE\n");

        Assert.Equal(["A_1", "A_2"], cases.Select(one => one.Id));
        Assert.Equal([true, false], cases.Select(one => one.IsInDistribution));
        Assert.Equal("Siemens, Erlangen", cases[0].Metadata["manufacturer"]);
        Assert.False(cases[1].Metadata.ContainsKey("sex"));
        Assert.Equal("/somewhere/data/A_1/ct.nii.gz", cases[0].CtPath);
    }

    [Fact]
    public void Parse_SeveralMistakes_ReportsEachWithItsLine()
    {
        var fault = Assert.Throws<MistakesException>(() => Parse(
            "case,distribution,sex\nA_1,iid,F\nA_1,ood,M\n../etc,iid,F\nA_3,maybe,F\nA_4,iid\n"));

        Assert.Equal([3, 4, 5, 6], fault.Mistakes.Select(mistake => mistake.Line));
    }

    [Fact]
    public void Parse_NoCaseColumn_Throws()
    {
        var fault = Assert.Throws<MistakesException>(() => Parse("name,sex\nA_1,F\n"));

        Assert.Equal("/somewhere/data/cases.csv has a mistake:\n  line 1: the header has no column \"case\".", fault.Message);
    }

    private static IReadOnlyList<DatasetCase> Parse(string text) => CaseList.Parse(Mixed, Mixed.Files!, text);
}
