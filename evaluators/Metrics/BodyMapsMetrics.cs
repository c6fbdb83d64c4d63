namespace Touchstone.Evaluators;

/// <summary>
/// The metrics of the BodyMaps 2024 challenge: Dice with 1 added to the denominator, in single precision; NSD over edge
/// voxels at 1 mm; both rounded to three decimals, and both undefined for a structure that the reference lacks.
/// </summary>
/// <param name="spacing">Spacing of the case's grid.</param>
internal sealed class BodyMapsMetrics(Spacing spacing) : IStructureMetrics
{
    private const double ToleranceMm = 1;

    private readonly EdgeVoxels _edges = new(spacing);

    /// <inheritdoc/>
    public StructureScore Score(StructureScore score, Mask reference, Mask prediction) => reference.Voxels == 0
        ? score
        : score with
        {
            Dsc = Rounded((float)(2 * score.BothVoxels) / (float)(reference.Voxels + prediction.Voxels + 1)),
            Nsd = Rounded(prediction.Voxels == 0 ? NsdOfNothing(reference) : Nsd(reference, prediction)),
        };

    /// <summary>Half to even on the thousandfold, as NumPy rounds.</summary>
    private static double Rounded(double value) => Math.Round(value * 1000) / 1000;

    private double Nsd(Mask reference, Mask prediction)
    {
        var (outward, inward) = _edges.Measure(reference, prediction);
        return (outward.WeightWithin(ToleranceMm) + inward.WeightWithin(ToleranceMm))
            / (outward.TotalWeight + inward.TotalWeight);
    }

    /// <summary>
    /// What the challenge's code gives for an empty prediction: its distance transform, having nothing to measure to, measures
    /// to the place one voxel before the first. So an organ in that very corner of the volume is not quite missed.
    /// </summary>
    private double NsdOfNothing(Mask reference)
    {
        var distances = new SquaredDistances(spacing);
        using var edge = Surface.OfEdgeVoxels(reference, new BitLayout(reference.Box));
        var near = 0;
        foreach (var point in edge.Points)
        {
            near += Math.Sqrt(distances.Of(point.X + 1, point.Y, point.Z)) <= ToleranceMm ? 1 : 0;
        }

        return (double)near / edge.Points.Length;
    }
}
