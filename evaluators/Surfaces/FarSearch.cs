namespace Touchstone.Evaluators;

/// <summary>
/// Finds the nearest point of a surface for points that have none close by. Bricks are compared with bricks first: those
/// farther away at their nearest than another is at its farthest are never looked into.
/// </summary>
internal static class FarSearch
{
    /// <summary>Measures points, in an order of its own.</summary>
    /// <param name="points">Where to search from; at least one.</param>
    /// <param name="target">The surface to find; at least one point.</param>
    /// <param name="box">A box around both.</param>
    /// <param name="distances">Squared distances at the grid's spacing.</param>
    /// <param name="squared">Receives the squared distances in mm²; as long as <paramref name="points"/>.</param>
    /// <param name="kinds">Receives the kinds of the points in the same order.</param>
    public static void Measure(
        ReadOnlySpan<SurfacePoint> points,
        ReadOnlySpan<SurfacePoint> target,
        Box box,
        SquaredDistances distances,
        Span<double> squared,
        Span<byte> kinds)
    {
        using var from = new BrickIndex(points, box);
        using var to = new BrickIndex(target, box);
        var candidates = new List<(double Least, Brick Brick)>();
        foreach (var brick in from.Bricks)
        {
            Candidates(brick.Box, to, distances, candidates);
            var at = brick.Start;
            foreach (var point in from.PointsOf(brick))
            {
                kinds[at] = point.Kind;
                squared[at++] = Nearest(point, to, candidates, distances);
            }
        }
    }

    private static void Candidates(
        Box from, BrickIndex to, SquaredDistances distances, List<(double Least, Brick Brick)> candidates)
    {
        var bound = double.PositiveInfinity;
        foreach (var brick in to.Bricks)
        {
            bound = Math.Min(bound, distances.Greatest(from, brick.Box));
        }

        candidates.Clear();
        foreach (var brick in to.Bricks)
        {
            var least = distances.Least(from, brick.Box);
            if (least <= bound)
            {
                candidates.Add((least, brick));
            }
        }

        candidates.Sort((a, b) => a.Least.CompareTo(b.Least));
    }

    private static double Nearest(
        SurfacePoint point, BrickIndex to, List<(double Least, Brick Brick)> candidates, SquaredDistances distances)
    {
        var own = new Box(point.X, point.X, point.Y, point.Y, point.Z, point.Z);
        var best = double.PositiveInfinity;
        foreach (var (least, brick) in candidates)
        {
            if (least >= best)
            {
                break;
            }

            if (distances.Least(own, brick.Box) < best)
            {
                best = to.Least(point, brick, distances.Spacing, best);
            }
        }

        return best;
    }
}
