namespace Touchstone.Evaluators;

/// <summary>
/// The metrics of MONAI 1.5 at their defaults: DiceMetric, SurfaceDiceMetric, HausdorffDistanceMetric and
/// SurfaceDistanceMetric (symmetric). Edge voxels of equal weight; distances and results in single precision, which decides
/// ties at the tolerance.
/// </summary>
/// <param name="protocol">Tolerance and percentile.</param>
/// <param name="spacing">Spacing of the case's grid.</param>
internal sealed class MonaiMetrics(Protocol protocol, Spacing spacing) : IStructureMetrics
{
    private readonly EdgeVoxels _edges = new(spacing);

    /// <inheritdoc/>
    public StructureScore Score(StructureScore score, Mask reference, Mask prediction)
    {
        var voxels = reference.Voxels + prediction.Voxels;
        score = score with { Dsc = reference.Voxels == 0 ? null : (float)(2 * score.BothVoxels) / (float)voxels };
        return reference.Voxels > 0 && prediction.Voxels > 0
            ? WithDistances(score, reference, prediction)
            : score with { Nsd = voxels == 0 ? null : 0 };
    }

    private StructureScore WithDistances(StructureScore score, Mask reference, Mask prediction)
    {
        var (outward, inward) = _edges.Measure(reference, prediction);
        var points = outward.TotalWeight + inward.TotalWeight;
        return score with
        {
            Nsd = (float)(Within(outward) + Within(inward)) / (float)points,
            HdMm = (float)Math.Max(outward.MaxMm, inward.MaxMm),
            Hd95Mm = Hausdorff(outward, inward, percent: 95),
            HdAtPercentileMm = Hausdorff(outward, inward, protocol.HausdorffPercentile),
            AssdMm = (float)((outward.WeightedSum + inward.WeightedSum) / points),
            AssdPooledMm = (float)((outward.WeightedSum + inward.WeightedSum) / points),
            AsdReferenceToPredictionMm = (float)outward.MeanMm,
            AsdPredictionToReferenceMm = (float)inward.MeanMm,
        };
    }

    private double Within(DistanceProfile profile) =>
        profile.Steps.Where(step => (float)step.DistanceMm <= (float)protocol.ToleranceMm).Sum(step => step.Weight);

    private static double Hausdorff(DistanceProfile outward, DistanceProfile inward, double percent) =>
        Math.Max(Quantile(outward, percent / 100), Quantile(inward, percent / 100));

    /// <summary>
    /// Linear interpolation between neighbouring values, the place computed in single precision as torch.quantile
    /// does.
    /// </summary>
    private static float Quantile(DistanceProfile profile, double fraction)
    {
        var place = (float)fraction * (float)(profile.TotalWeight - 1);
        var (low, high) = (At(profile, MathF.Floor(place)), At(profile, MathF.Ceiling(place)));
        var weight = place - MathF.Floor(place);
        return weight < 0.5f ? low + (weight * (high - low)) : high - ((high - low) * (1 - weight));
    }

    /// <summary>The distance of the point at a place in the order of distances, 0 being the nearest.</summary>
    private static float At(DistanceProfile profile, float place)
    {
        double before = 0;
        foreach (var (distance, weight) in profile.Steps)
        {
            before += weight;
            if (place < before)
            {
                return (float)distance;
            }
        }

        return (float)profile.MaxMm;
    }
}
