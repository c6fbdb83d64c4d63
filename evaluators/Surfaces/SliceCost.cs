namespace Touchstone.Evaluators;

/// <summary>
/// What searching for far points costs, estimated in nanoseconds as measured on one core of 2.4 GHz with vectors of 256 bits.
/// </summary>
/// <param name="spacing">Spacing of the grid.</param>
/// <param name="target">Box of the surface to find.</param>
/// <param name="from">Box of the points from which is searched.</param>
/// <param name="points">How many points.</param>
internal readonly struct SliceCost(Spacing spacing, Box target, Box from, int points)
{
    private const double BrickPointNs = 400;
    private const double VectorNs = 0.45;
    private const double SlicePointNs = 40;
    private const double PointSliceNs = 1;
    private const double StepsInSliceNs = 100;

    /// <summary>The greatest number of keys held at once: 32 MB.</summary>
    private const double MaxHeld = 1 << 24;

    /// <summary>The cap that makes the search by slices cheapest, what is beyond it left to the bricks.</summary>
    /// <param name="sample">Squared distances, in mm², of some of the points; ascending.</param>
    /// <returns>The cap squared, in mm²; null when bricks alone are cheaper than any.</returns>
    public double? CheapestCap(ReadOnlySpan<double> sample)
    {
        var (least, cheapest) = (points * BrickPointNs, (double?)null);
        for (var i = 0; i < sample.Length; i++)
        {
            var beyond = (double)(sample.Length - 1 - i) / sample.Length;
            var cost = OfSlices(sample[i]) + (beyond * points * BrickPointNs);
            (least, cheapest) = cost < least ? (cost, sample[i]) : (least, cheapest);
        }

        return cheapest;
    }

    private double OfSlices(double capSquared)
    {
        var x = Reach(spacing.X, capSquared, target.X1 - target.X0);
        var y = Reach(spacing.Y, capSquared, target.Y1 - target.Y0);
        var z = Reach(spacing.Z, capSquared, target.Z1 - target.Z0);
        double places = (from.Y1 - from.Y0 + 1) * DistanceSlices.WidthOf(from);
        if (places * ((2 * z) + 1) > MaxHeld)
        {
            return double.PositiveInfinity;
        }

        double slices = Math.Min(target.Z1, from.Z1 + z) - Math.Max(target.Z0, from.Z0 - z) + 1;
        return (slices * places / DistanceSlices.Lanes * ((2 * y) + 1) * VectorNs)
            + (points * (SlicePointNs + (((2 * z) + 1) * PointSliceNs)))
            + ((x + 1.0) * (y + 1) * StepsInSliceNs);
    }

    /// <summary>Steps along an axis that a cap allows, of so many at most.</summary>
    private static int Reach(double spacing, double capSquared, int most) =>
        (int)Math.Min(most, Math.Sqrt(capSquared) / spacing);
}
