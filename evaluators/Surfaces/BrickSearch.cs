using System.Numerics;

namespace Touchstone.Evaluators;

/// <summary>The nearest point of a surface that is known so far.</summary>
/// <param name="X">Place along x.</param>
/// <param name="Y">Place along y.</param>
/// <param name="Z">Place along z.</param>
/// <param name="Squared">Its squared distance, in mm², from where the search began.</param>
internal readonly record struct NearestPoint(int X, int Y, int Z, double Squared);

/// <summary>
/// Finds the nearest point of a surface for points that have none close by. What was found last is a bound for the next, and
/// neighbours share their work: only bricks that may be nearer to some of them than that are looked into.
/// </summary>
internal sealed class BrickSearch : IDisposable
{
    private readonly SquaredDistances _distances;
    private readonly RoughDistances _rough;
    private readonly BrickGrid _bricks;
    private readonly BoxList _boxes;
    private readonly List<int> _candidates = [];
    private NearestPoint _last;

    /// <summary>Prepares for a surface.</summary>
    /// <param name="target">The surface to find; one point at least.</param>
    /// <param name="distances">Squared distances at the grid's spacing.</param>
    public BrickSearch(Surface target, SquaredDistances distances)
    {
        (_distances, _rough) = (distances, new RoughDistances(distances.Spacing));
        (_bricks, _boxes) = (new BrickGrid(target.Bits, distances), new BoxList(_rough));
        var any = target.Points[0];
        _last = new NearestPoint(any.X, any.Y, any.Z, Squared: double.NaN);
    }

    /// <summary>Measures points.</summary>
    /// <param name="points">Where to search from, by slice, row and place; reordered.</param>
    /// <param name="squared">Receives the squared distances in mm²; as long as <paramref name="points"/>.</param>
    public void Measure(Span<SurfacePoint> points, Span<double> squared)
    {
        var start = 0;
        foreach (var end in _bricks.Sort(points))
        {
            // Measured alone, the first point finds a bound that is good for its neighbours as well.
            FindCandidates(points.Slice(start, 1));
            _last = Nearest(points[start]);
            FindCandidates(points[start..end]);
            for (var i = start; i < end; i++)
            {
                _last = Nearest(points[i]);
                squared[i] = _last.Squared;
            }

            start = end;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _bricks.Dispose();

    /// <summary>Lists the bricks that may hold a point nearer to one of these than the point found last.</summary>
    private void FindCandidates(ReadOnlySpan<SurfacePoint> points)
    {
        var (box, bound) = (BoxOf(points[0]), 0.0);
        foreach (var point in points)
        {
            box = box.Union(BoxOf(point));
            bound = Math.Max(bound, LastFrom(point).Squared);
        }

        _bricks.FindNear(box, bound, _boxes, _candidates);
    }

    private NearestPoint Nearest(SurfacePoint point)
    {
        var nearest = LastFrom(point);
        var rough = new RoughBox(BoxOf(point));
        var limit = _rough.LimitOf(nearest.Squared);
        for (var i = 0; i < _boxes.Count; i += RoughDistances.Lanes)
        {
            for (var near = _boxes.Near(i, rough, limit); near != 0; near &= near - 1)
            {
                _bricks.FindNearer(_candidates[i + BitOperations.TrailingZeroCount(near)], point, rough, ref nearest);
            }

            limit = _rough.LimitOf(nearest.Squared);
        }

        return nearest;
    }

    /// <summary>The point found last, at its distance from another point.</summary>
    private NearestPoint LastFrom(SurfacePoint point) =>
        _last with { Squared = _distances.Of(_last.X - point.X, _last.Y - point.Y, _last.Z - point.Z) };

    private static Box BoxOf(SurfacePoint point) => new(point.X, point.X, point.Y, point.Y, point.Z, point.Z);
}
