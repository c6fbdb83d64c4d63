using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>Scores against what the BodyMaps 2024 evaluation code and MONAI 1.5 returned for the same files.</summary>
public class EdgeProtocolGoldenTests
{
    [Theory]
    [GoldenCaseData]
    [GoldenCaseData(Extra.RealAnatomy)]
    public void Score_GoldenCaseByBodyMaps_EqualsTheChallengesNumbers(string name)
    {
        using var golden = new GoldenCase(name);

        var score = golden.Score(Protocol.BodyMaps2024);

        Assert.All(score.Structures, structure =>
        {
            Assert.Equal(golden.Number(structure.Structure, "dsc_bodymaps"), structure.Dsc);
            Assert.Equal(golden.Number(structure.Structure, "nsd_bodymaps_1mm"), structure.Nsd);
            Assert.Null(structure.Hd95Mm);
        });
    }

    [Theory]
    [GoldenCaseData]
    [GoldenCaseData(Extra.RealAnatomy)]
    public void Score_GoldenCaseByMonai_AgreesInSinglePrecision(string name)
    {
        using var golden = new GoldenCase(name);

        var score = golden.Score(Protocol.Monai);

        Assert.All(score.Structures, structure =>
        {
            AssertClose(golden.Number(structure.Structure, "dsc_monai"), structure.Dsc, 1e-7);
            AssertClose(golden.Number(structure.Structure, "nsd_monai_1mm"), structure.Nsd, 1e-7);
            AssertClose(golden.Number(structure.Structure, "hd_monai"), structure.HdMm, 0);
            AssertClose(golden.Number(structure.Structure, "hd95_monai"), structure.Hd95Mm, 1e-6);
            AssertClose(golden.Number(structure.Structure, "assd_monai"), structure.AssdMm, 1e-6);
        });

        static void AssertClose(double? expected, double? actual, double relative) => Assert.True(
            expected == actual || Math.Abs(expected!.Value - actual!.Value) <= relative * Math.Abs(expected.Value),
            $"expected {expected:R}, got {actual:R}");
    }

    [Fact]
    public void Score_BodyMapsAtAnotherTolerance_IsRefused()
    {
        using var golden = new GoldenCase("single_voxel");

        Assert.Throws<ArgumentException>(() => golden.Score(Protocol.BodyMaps2024, toleranceMm: 2));
    }
}
