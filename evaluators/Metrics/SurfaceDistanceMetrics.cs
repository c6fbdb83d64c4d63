namespace Touchstone.Evaluators;

/// <summary>
/// The metrics of google-deepmind/surface-distance, which FLARE and TotalSegmentator report: surface elements at voxel
/// corners, weighted by their area.
/// </summary>
/// <param name="protocol">Tolerance and percentile.</param>
/// <param name="spacing">Spacing of the case's grid.</param>
internal sealed class SurfaceDistanceMetrics(Protocol protocol, Spacing spacing) : IStructureMetrics
{
    private readonly SurfaceRuler _ruler = new(spacing, SurfelTable.AreasMm2(spacing));

    /// <inheritdoc/>
    public StructureScore Score(StructureScore score, Mask reference, Mask prediction)
    {
        var voxels = reference.Voxels + prediction.Voxels;
        score = score with { Dsc = voxels == 0 ? null : 2.0 * score.BothVoxels / voxels };
        return reference.Voxels > 0 && prediction.Voxels > 0
            ? WithDistances(score, reference, prediction)
            : score with
            {
                Nsd = voxels == 0 ? null : 0,
                ReferenceAreaMm2 = AreaMm2(reference),
                PredictionAreaMm2 = AreaMm2(prediction),
            };
    }

    private static BitLayout Corners(Box voxels) =>
        new(voxels with { X1 = voxels.X1 + 1, Y1 = voxels.Y1 + 1, Z1 = voxels.Z1 + 1 });

    private StructureScore WithDistances(StructureScore score, Mask reference, Mask prediction)
    {
        var layout = Corners(reference.Box.Union(prediction.Box));
        using var referenceSurface = Surface.OfCorners(reference, layout);
        using var predictionSurface = Surface.OfCorners(prediction, layout);
        var outward = _ruler.Measure(referenceSurface, predictionSurface);
        var inward = _ruler.Measure(predictionSurface, referenceSurface);
        var area = outward.TotalWeight + inward.TotalWeight;
        return score with
        {
            Nsd = (outward.WeightWithin(protocol.ToleranceMm) + inward.WeightWithin(protocol.ToleranceMm)) / area,
            HdMm = Math.Max(outward.MaxMm, inward.MaxMm),
            Hd95Mm = Hausdorff(outward, inward, percent: 95),
            HdAtPercentileMm = Hausdorff(outward, inward, protocol.HausdorffPercentile),
            AssdMm = (outward.MeanMm + inward.MeanMm) / 2,
            AssdPooledMm = (outward.WeightedSum + inward.WeightedSum) / area,
            AsdReferenceToPredictionMm = outward.MeanMm,
            AsdPredictionToReferenceMm = inward.MeanMm,
            ReferenceAreaMm2 = outward.TotalWeight,
            PredictionAreaMm2 = inward.TotalWeight,
        };
    }

    private static double Hausdorff(DistanceProfile outward, DistanceProfile inward, double percent) =>
        Math.Max(outward.QuantileMm(percent / 100), inward.QuantileMm(percent / 100));

    private double AreaMm2(Mask mask)
    {
        if (mask.Voxels == 0)
        {
            return 0;
        }

        using var surface = Surface.OfCorners(mask, Corners(mask.Box));
        return _ruler.Weigh(surface);
    }
}
