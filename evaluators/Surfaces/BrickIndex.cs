using System.Buffers;
using System.Numerics;

namespace Touchstone.Evaluators;

/// <summary>Points in bricks of 8×8×8, each brick with the tight box around its points. The memory is borrowed from the pool.</summary>
internal sealed class BrickIndex : IDisposable
{
    private const int Shift = 3;

    private readonly SurfacePoint[] _points;
    private readonly List<Brick> _bricks = [];
    private readonly double[] _coordinates;
    private readonly int _axisLength;

    /// <summary>Sorts points into bricks.</summary>
    /// <param name="points">At least one.</param>
    /// <param name="box">A box around them.</param>
    public BrickIndex(ReadOnlySpan<SurfacePoint> points, Box box)
    {
        // The last vector of a brick may read into the next brick, whose points are no less points; hence the padding.
        _axisLength = points.Length + Vector<double>.Count;
        _points = ArrayPool<SurfacePoint>.Shared.Rent(points.Length);
        _coordinates = ArrayPool<double>.Shared.Rent(3 * _axisLength);
        var ends = Sort(points, box);
        for (int start = 0, i = 0; i < ends.Length; start = ends[i++])
        {
            if (ends[i] > start)
            {
                _bricks.Add(new Brick(start, ends[i], BoxOf(_points.AsSpan(start..ends[i]))));
            }
        }

        for (var i = 0; i < _axisLength; i++)
        {
            var point = _points[Math.Min(i, points.Length - 1)];
            _coordinates[i] = point.X;
            _coordinates[_axisLength + i] = point.Y;
            _coordinates[(2 * _axisLength) + i] = point.Z;
        }
    }

    /// <summary>Bricks that hold points.</summary>
    public IReadOnlyList<Brick> Bricks => _bricks;

    /// <summary>The points of a brick.</summary>
    /// <param name="brick">One of <see cref="Bricks"/>.</param>
    public ReadOnlySpan<SurfacePoint> PointsOf(Brick brick) => _points.AsSpan(brick.Start..brick.End);

    /// <summary>The lesser of a bound and the least squared distance from a point to the points of a brick.</summary>
    /// <param name="point">Where to measure from.</param>
    /// <param name="brick">One of <see cref="Bricks"/>.</param>
    /// <param name="spacing">Millimetres a step.</param>
    /// <param name="bound">A squared distance to some point of this index.</param>
    public double Least(SurfacePoint point, Brick brick, Spacing spacing, double bound)
    {
        var least = new Vector<double>(bound);
        var (px, py, pz) = (new Vector<double>(point.X), new Vector<double>(point.Y), new Vector<double>(point.Z));
        var xs = _coordinates.AsSpan(0, _axisLength);
        var ys = _coordinates.AsSpan(_axisLength, _axisLength);
        var zs = _coordinates.AsSpan(2 * _axisLength, _axisLength);
        for (var i = brick.Start; i < brick.End; i += Vector<double>.Count)
        {
            var x = (new Vector<double>(xs[i..]) - px) * spacing.X;
            var y = (new Vector<double>(ys[i..]) - py) * spacing.Y;
            var z = (new Vector<double>(zs[i..]) - pz) * spacing.Z;
            least = Vector.Min(least, (x * x) + (y * y) + (z * z));
        }

        var result = bound;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            result = Math.Min(result, least[lane]);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<SurfacePoint>.Shared.Return(_points);
        ArrayPool<double>.Shared.Return(_coordinates);
    }

    private int[] Sort(ReadOnlySpan<SurfacePoint> points, Box box)
    {
        var nx = ((box.X1 - box.X0) >> Shift) + 1;
        var ny = ((box.Y1 - box.Y0) >> Shift) + 1;
        var places = new int[nx * ny * (((box.Z1 - box.Z0) >> Shift) + 1)];
        foreach (var point in points)
        {
            places[BrickOf(point)]++;
        }

        for (int i = 0, sum = 0; i < places.Length; i++)
        {
            (places[i], sum) = (sum, sum + places[i]);
        }

        foreach (var point in points)
        {
            _points[places[BrickOf(point)]++] = point;
        }

        return places;

        int BrickOf(SurfacePoint point) =>
            ((((point.Z - box.Z0) >> Shift) * ny) + ((point.Y - box.Y0) >> Shift)) * nx + ((point.X - box.X0) >> Shift);
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
}

/// <summary>Neighbouring points of a <see cref="BrickIndex"/>.</summary>
/// <param name="Start">First of its points.</param>
/// <param name="End">The one after its last.</param>
/// <param name="Box">The smallest box around them.</param>
internal readonly record struct Brick(int Start, int End, Box Box);
