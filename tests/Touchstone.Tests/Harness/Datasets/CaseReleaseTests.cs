using Touchstone.Harness.Datasets;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Tests.Harness.Datasets;

public sealed class CaseReleaseTests
{
    [Theory]
    [InlineData("public", "yes", "CC BY 4.0", true)]
    [InlineData("public", "yes", "CC BY-NC-SA", true)]
    [InlineData("public", "yes", "CC0 1.0", true)]
    [InlineData("public", "yes", "Apache-2.0", true)]
    [InlineData("public", "no", "CC BY 4.0", false)]
    [InlineData("public", null, "CC BY 4.0", false)]
    [InlineData("private", "no", "CC BY 4.0", false)]
    [InlineData("private", null, "CC BY 4.0", false)]
    public void IsGranted_NeedsAccessLicenceAndTheWish(string access, string? viewer, string licence, bool expected) =>
        Assert.Equal(expected, CaseRelease.IsGranted(Read(access, viewer, licence)));

    [Theory]
    [InlineData("private", "CC BY 4.0", "its access is private")]
    [InlineData("public", null, "it has no licence")]
    [InlineData("public", "JHU", "its licence, JHU, is not known")]
    [InlineData("public", "GNU GPL 3.0", "is not known")]
    [InlineData("public", "CC BY-NC-ND 4.0", "is not known to let changed copies be passed on")]
    [InlineData("public", "CC BY-ND 4.0", "is not known")]
    [InlineData("public", "MITRE", "is not known")]
    public void Parse_ViewerWantedWhereItMayNotBe_IsAMistakeWithItsReason(string access, string? licence, string reason)
    {
        var fault = Assert.Throws<MistakesException>(() => Read(access, "yes", licence));

        Assert.Contains(reason, Assert.Single(fault.Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsGranted_PrivateDatasetPastTheReader_IsNo()
    {
        var dataset = Read("public", "yes", "CC BY 4.0");

        Assert.True(CaseRelease.IsGranted(dataset));
        Assert.False(CaseRelease.IsGranted(dataset with { IsPublic = false }));
        Assert.False(CaseRelease.IsGranted(dataset with { License = null }));
    }

    private static Dataset Read(string access, string? viewer, string? licence) => Manifest.Parse($$"""
        version: 1
        datasets:
          - id: d
            title: D
            purpose: demonstration
            access: {{access}}
            {{(viewer is null ? "" : $"viewer: {viewer}")}}
            {{(licence is null ? "" : $"license: {licence}")}}
            volumes: { original: 1, accessible: 1 }
            distribution: iid
            source: made by a test
        """, "datasets.manifest").Datasets[0];
}
