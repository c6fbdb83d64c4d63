using Touchstone.Evaluators;

namespace Touchstone.Tests.Evaluators;

/// <summary>Scores against what google-deepmind/surface-distance returned for the same files.</summary>
public class SurfaceDistanceGoldenTests
{
    [Theory]
    [GoldenCaseData]
    [GoldenCaseData(Extra.RealAnatomy)]
    public void Score_GoldenCase_AgreesWithTheReferenceImplementation(string name)
    {
        using var golden = new GoldenCase(name);

        var score = golden.Score("surface-distance");
        var at2 = golden.Score("surface-distance", toleranceMm: 2);

        Assert.Equal(25, score.Structures.Count);
        foreach (var (structure, with2) in score.Structures.Zip(at2.Structures))
        {
            AssertOverlap(golden, structure);
            AssertSurfaces(golden, structure);
            AssertClose(golden.Number(structure.Structure, "nsd_deepmind_2mm"), with2.Nsd, 1e-12, structure.Structure);
            AssertHd95(golden, structure);
        }
    }

    [Theory]
    [GoldenCaseData(Extra.RealAnatomy, isRejected: true)]
    public void Score_PredictionOnAnotherGrid_IsRejectedWithTheDifference(string name)
    {
        using var golden = new GoldenCase(name);

        var fault = Assert.Throws<CaseException>(() => golden.Score("surface-distance"));

        Assert.Equal(golden.RejectReason == "shape" ? VolumeFault.WrongShape : VolumeFault.WrongAffine, fault.Fault);
        Assert.Equal(CaseSide.Prediction, fault.Side);
        Assert.Matches(@"\d", fault.Message);
        Assert.DoesNotContain(".nii", fault.Message);
    }

    private static void AssertOverlap(GoldenCase golden, StructureScore score)
    {
        var organ = golden.Organs.GetProperty(score.Structure);
        Assert.Equal(organ.GetProperty("n_ref").GetInt64(), score.ReferenceVoxels);
        Assert.Equal(organ.GetProperty("n_pred").GetInt64(), score.PredictionVoxels);
        Assert.Equal(organ.GetProperty("n_inter").GetInt64(), score.BothVoxels);
        Assert.Equal(golden.Number(score.Structure, "dsc"), score.Dsc);
        AssertClose(golden.Number(score.Structure, "vol_ref_ml"), score.ReferenceMl, 1e-15, score.Structure);
        AssertClose(golden.Number(score.Structure, "vol_pred_ml"), score.PredictionMl, 1e-15, score.Structure);
    }

    private static void AssertSurfaces(GoldenCase golden, StructureScore score)
    {
        var organ = score.Structure;
        AssertClose(golden.Number(organ, "nsd_deepmind_1mm"), score.Nsd, 1e-12, organ);
        AssertClose(golden.Number(organ, "area_ref_mm2"), score.ReferenceAreaMm2, 1e-12, organ);
        AssertClose(golden.Number(organ, "area_pred_mm2"), score.PredictionAreaMm2, 1e-12, organ);
        AssertClose(golden.Number(organ, "hd_deepmind"), score.HdMm, 1e-14, organ);
        AssertClose(golden.Number(organ, "asd_ref_to_pred_deepmind"), score.AsdReferenceToPredictionMm, 1e-12, organ);
        AssertClose(golden.Number(organ, "asd_pred_to_ref_deepmind"), score.AsdPredictionToReferenceMm, 1e-12, organ);
        AssertClose(golden.Number(organ, "assd_mean_deepmind"), score.AssdMm, 1e-12, organ);
        AssertClose(golden.Number(organ, "assd_pooled_deepmind"), score.AssdPooledMm, 1e-12, organ);
    }

    /// <summary>
    /// Where the cumulated area meets 95 % exactly, summation order decides, and any listed value is right.
    /// </summary>
    private static void AssertHd95(GoldenCase golden, StructureScore score)
    {
        var candidates = golden.Organs.GetProperty(score.Structure).GetProperty("hd95_deepmind_candidates");
        if (candidates.ValueKind == System.Text.Json.JsonValueKind.Array)
        {
            Assert.Contains(score.Hd95Mm!.Value, candidates.EnumerateArray().Select(value => value.GetDouble()));
        }
        else
        {
            AssertClose(golden.Number(score.Structure, "hd95_deepmind"), score.Hd95Mm, 1e-14, score.Structure);
        }
    }

    private static void AssertClose(double? expected, double? actual, double relative, string organ) => Assert.True(
        expected == actual || Math.Abs(expected!.Value - actual!.Value) <= relative * Math.Abs(expected.Value),
        $"{organ}: expected {expected:R}, got {actual:R}");
}
