using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// Finds the nearest point of a surface for points that have none close by. The points of a brick share their work: only
/// bricks of the surface are looked into that may be nearer to some of them than another brick surely is.
/// </summary>
internal sealed class FarSearch
{
    private readonly SquaredDistances _distances;
    private readonly BrickRing _ring;
    private readonly BrickGrid _bricks;
    private readonly StepSquares _squares;
    private readonly List<Brick> _around = [];
    private readonly List<(double Least, Brick Brick)> _candidates = [];

    /// <summary>Prepares for a surface.</summary>
    /// <param name="target">The surface to find; one point at least.</param>
    /// <param name="distances">Squared distances at the grid's spacing.</param>
    /// <param name="ring">The bricks around a brick, at the same spacing.</param>
    public FarSearch(BitBox target, SquaredDistances distances, BrickRing ring)
    {
        (_distances, _ring, _bricks) = (distances, ring, new BrickGrid(target));
        _squares = new StepSquares(distances, target.Layout.Box);
    }

    /// <summary>Measures points.</summary>
    /// <param name="points">Where to search from, by slice, row and place; reordered.</param>
    /// <param name="squared">Receives the squared distances in mm²; as long as <paramref name="points"/>.</param>
    public void Measure(Span<SurfacePoint> points, Span<double> squared)
    {
        var start = 0;
        foreach (var (brick, end) in _bricks.Sort(points))
        {
            FindCandidates(brick, BoxOf(points[start..end]));
            var bound = double.PositiveInfinity;
            for (var i = start; i < end; i++)
            {
                squared[i] = Nearest(points[i], bound);
                bound = i + 1 < end ? Bound(squared[i], points[i], points[i + 1]) : 0;
            }

            start = end;
        }
    }

    /// <summary>
    /// A squared distance within which a point surely finds something, given what its neighbour found: no more than that and
    /// the way to the neighbour, and a little for rounding.
    /// </summary>
    private double Bound(double squared, SurfacePoint neighbour, SurfacePoint point)
    {
        var way = Math.Sqrt(_distances.Of(point.X - neighbour.X, point.Y - neighbour.Y, point.Z - neighbour.Z));
        var bound = (Math.Sqrt(squared) + way) * (1 + 1e-9);
        return bound * bound;
    }

    private static Box BoxOf(ReadOnlySpan<SurfacePoint> points)
    {
        var box = new Box(points[0].X, points[0].X, points[0].Y, points[0].Y, points[0].Z, points[0].Z);
        foreach (var point in points)
        {
            box = box.Union(new Box(point.X, point.X, point.Y, point.Y, point.Z, point.Z));
        }

        return box;
    }

    /// <summary>Lists the bricks that may hold the nearest point of some point of a box, nearest first.</summary>
    /// <param name="brick">The brick in which the box lies.</param>
    /// <param name="box">The box.</param>
    private void FindCandidates(int brick, Box box)
    {
        FindAround(brick);
        var bound = double.PositiveInfinity;
        foreach (var other in _around)
        {
            bound = Math.Min(bound, _squares.Greatest(box, other.Box));
        }

        _candidates.Clear();
        foreach (var other in _around)
        {
            var least = _squares.Least(box, other.Box);
            if (least <= bound)
            {
                _candidates.Add((least, other));
            }
        }

        _candidates.Sort((a, b) => a.Least.CompareTo(b.Least));
    }

    /// <summary>Lists the bricks that may be nearest, judged by the places of bricks alone.</summary>
    private void FindAround(int brick)
    {
        _around.Clear();
        var (x, y, z) = _bricks.PlaceOf(brick);
        var bound = double.PositiveInfinity;
        foreach (ref readonly var offset in _ring.Offsets.AsSpan())
        {
            if (offset.Least > bound)
            {
                break;
            }

            if (_bricks.TryGet(x + offset.Dx, y + offset.Dy, z + offset.Dz) is { } other)
            {
                bound = Math.Min(bound, offset.Greatest);
                _around.Add(other);
            }
        }

        // With unequal spacings the ring reaches far along one axis and not along another: what lies beyond it may be nearer.
        if (bound >= _ring.ReachSquared)
        {
            _around.Clear();
            _around.AddRange(_bricks.All());
        }
    }

    private double Nearest(SurfacePoint point, double best)
    {
        var own = new Box(point.X, point.X, point.Y, point.Y, point.Z, point.Z);
        foreach (ref readonly var candidate in CollectionsMarshal.AsSpan(_candidates))
        {
            if (candidate.Least >= best)
            {
                break;
            }

            if (_squares.Least(own, candidate.Brick.Box) < best)
            {
                best = _bricks.Least(candidate.Brick, point, _squares, best);
            }
        }

        return best;
    }
}
