namespace Touchstone.Evaluators;

/// <summary>
/// The metrics of google-deepmind/surface-distance, which FLARE and TotalSegmentator report: surface elements at voxel
/// corners, weighted by their area.
/// </summary>
internal sealed class SurfaceDistanceProtocol
{
    private readonly SquaredDistances _distances;
    private readonly Neighbourhood _neighbourhood;
    private readonly double[] _areasMm2;
    private readonly Spacing _spacing;
    private readonly double _toleranceMm;

    /// <summary>Prepares the scoring of a case.</summary>
    /// <param name="spacing">Spacing of its grid.</param>
    /// <param name="toleranceMm">Distance up to which surfaces agree, inclusive.</param>
    public SurfaceDistanceProtocol(Spacing spacing, double toleranceMm)
    {
        (_spacing, _toleranceMm) = (spacing, toleranceMm);
        _distances = new SquaredDistances(spacing);
        _neighbourhood = new Neighbourhood(_distances);
        _areasMm2 = SurfelTable.AreasMm2(spacing);
    }

    /// <summary>Scores one structure.</summary>
    /// <param name="structure">Its canonical name.</param>
    /// <param name="reference">The true mask.</param>
    /// <param name="prediction">The mask that is judged.</param>
    public StructureScore Score(string structure, Mask reference, Mask prediction)
    {
        var both = Mask.CountBoth(reference, prediction);
        var voxels = reference.Voxels + prediction.Voxels;
        var score = new StructureScore
        {
            Structure = structure,
            ReferenceVoxels = reference.Voxels,
            PredictionVoxels = prediction.Voxels,
            BothVoxels = both,
            Dsc = voxels == 0 ? null : 2.0 * both / voxels,
            Nsd = voxels == 0 ? null : 0,
            HdMm = null,
            Hd95Mm = null,
            AssdMm = null,
            ReferenceMl = reference.Voxels * _spacing.VoxelMl,
            PredictionMl = prediction.Voxels * _spacing.VoxelMl,
        };
        return reference.Voxels == 0 || prediction.Voxels == 0
            ? score with { ReferenceAreaMm2 = AreaMm2(reference), PredictionAreaMm2 = AreaMm2(prediction) }
            : WithDistances(score, reference, prediction);
    }

    private static BitLayout Corners(Box voxels) =>
        new(voxels with { X1 = voxels.X1 + 1, Y1 = voxels.Y1 + 1, Z1 = voxels.Z1 + 1 });

    private double AreaMm2(Mask mask)
    {
        if (mask.Voxels == 0)
        {
            return 0;
        }

        using var surface = Surface.OfCorners(mask, Corners(mask.Box));
        double area = 0;
        foreach (var (kind, count) in surface.CountByKind().Index())
        {
            area += count * _areasMm2[kind];
        }

        return area;
    }

    private StructureScore WithDistances(StructureScore score, Mask reference, Mask prediction)
    {
        var layout = Corners(reference.Box.Union(prediction.Box));
        using var referenceSurface = Surface.OfCorners(reference, layout);
        using var predictionSurface = Surface.OfCorners(prediction, layout);
        var outward = DistanceProfile.Measure(referenceSurface, predictionSurface, _neighbourhood, _distances, _areasMm2);
        var inward = DistanceProfile.Measure(predictionSurface, referenceSurface, _neighbourhood, _distances, _areasMm2);
        return score with
        {
            Nsd = (outward.WeightWithin(_toleranceMm) + inward.WeightWithin(_toleranceMm))
                / (outward.TotalWeight + inward.TotalWeight),
            HdMm = Math.Max(outward.MaxMm, inward.MaxMm),
            Hd95Mm = Math.Max(outward.QuantileMm(0.95), inward.QuantileMm(0.95)),
            AssdMm = (outward.MeanMm + inward.MeanMm) / 2,
            AsdReferenceToPredictionMm = outward.MeanMm,
            AsdPredictionToReferenceMm = inward.MeanMm,
            AssdPooledMm = (outward.WeightedSum + inward.WeightedSum) / (outward.TotalWeight + inward.TotalWeight),
            ReferenceAreaMm2 = outward.TotalWeight,
            PredictionAreaMm2 = inward.TotalWeight,
        };
    }
}
