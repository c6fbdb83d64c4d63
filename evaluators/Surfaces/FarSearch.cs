namespace Touchstone.Evaluators;

/// <summary>
/// Finds the nearest point of a surface for points that have none close by, by whichever way an estimate says is cheaper:
/// every point by itself among bricks, or the points of a whole surface together, slice by slice, up to a cap.
/// </summary>
internal static class FarSearch
{
    private const int LeastPoints = 1000;
    private const int Samples = 64;
    private const int TargetSamples = 512;

    /// <summary>Measures points.</summary>
    /// <param name="points">Where to search from, by slice, row and place; reordered.</param>
    /// <param name="target">The surface to find; one point at least.</param>
    /// <param name="distances">Squared distances at the grid's spacing.</param>
    /// <param name="squared">Receives the squared distances in mm²; as long as <paramref name="points"/>.</param>
    public static void Measure(Span<SurfacePoint> points, Surface target, SquaredDistances distances, Span<double> squared)
    {
        var measured = points.Length < LeastPoints ? 0 : MeasureBySlices(points, target, distances, squared);
        if (measured < points.Length)
        {
            using var bricks = new BrickSearch(target, distances);
            bricks.Measure(points[measured..], squared[measured..]);
        }
    }

    /// <summary>Measures the points within the cheapest cap, if there is one, and moves the others to the end.</summary>
    /// <returns>How many were measured.</returns>
    private static int MeasureBySlices(
        Span<SurfacePoint> points, Surface target, SquaredDistances distances, Span<double> squared)
    {
        var (window, box) = (Around(points), target.Bits.Layout.Box);
        var cost = new SliceCost(distances.Spacing, box, window, points.Length);
        if (cost.CheapestCap(SampleSquared(points, target.Points, distances)) is not { } cap)
        {
            return 0;
        }

        using var slices = new SliceSearch(target.Bits, new DistanceKeys(distances, cap, box), window);
        slices.Measure(points, squared);
        var measured = 0;
        for (var i = 0; i < points.Length; i++)
        {
            if (!double.IsNaN(squared[i]))
            {
                (points[measured], points[i]) = (points[i], points[measured]);
                (squared[measured], squared[i]) = (squared[i], squared[measured]);
                measured++;
            }
        }

        return measured;
    }

    /// <summary>
    /// Squared distances, in mm², that some points have from some of the surface: a little more than from all of it. Ascending.
    /// </summary>
    private static double[] SampleSquared(
        ReadOnlySpan<SurfacePoint> points, ReadOnlySpan<SurfacePoint> target, SquaredDistances distances)
    {
        var found = new double[Samples];
        var step = ((target.Length - 1) / TargetSamples) + 1;
        for (var i = 0; i < Samples; i++)
        {
            var from = points[(int)((long)i * points.Length / Samples)];
            found[i] = double.PositiveInfinity;
            for (var j = 0; j < target.Length; j += step)
            {
                var to = target[j];
                found[i] = Math.Min(found[i], distances.Of(to.X - from.X, to.Y - from.Y, to.Z - from.Z));
            }
        }

        Array.Sort(found);
        return found;
    }

    private static Box Around(ReadOnlySpan<SurfacePoint> points)
    {
        var (x0, x1, y0, y1) = (points[0].X, points[0].X, points[0].Y, points[0].Y);
        foreach (var point in points)
        {
            (x0, x1) = (Math.Min(x0, point.X), Math.Max(x1, point.X));
            (y0, y1) = (Math.Min(y0, point.Y), Math.Max(y1, point.Y));
        }

        return new Box(x0, x1, y0, y1, points[0].Z, points[^1].Z);
    }
}
