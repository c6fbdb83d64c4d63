using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// Finds the nearest point of a surface for many points at once, up to a cap: first within each slice, for every place, then
/// across the slices, for the points alone, neighbours along a row together.
/// </summary>
internal sealed class SliceSearch : IDisposable
{
    private readonly BitBox _target;
    private readonly DistanceKeys _keys;
    private readonly DistanceSlices _slices;
    private readonly List<Slice> _reached = [];

    /// <summary>Prepares for a surface.</summary>
    /// <param name="target">The surface to find.</param>
    /// <param name="keys">Keys of distances up to the cap.</param>
    /// <param name="window">The places from which is searched, by x and y.</param>
    public SliceSearch(BitBox target, DistanceKeys keys, Box window) =>
        (_target, _keys, _slices) = (target, keys, new DistanceSlices(target, keys, window));

    /// <summary>Measures points.</summary>
    /// <param name="points">Where to search from, by slice, row and place.</param>
    /// <param name="squared">Receives the squared distances in mm²; not a number where beyond the cap.</param>
    public void Measure(ReadOnlySpan<SurfacePoint> points, Span<double> squared)
    {
        for (int i = 0, z = -1; i < points.Length;)
        {
            if (points[i].Z != z)
            {
                z = points[i].Z;
                Reach(z);
            }

            var together = points.Slice(i, CountTogether(points[i..]));
            MeasureTogether(together, squared.Slice(i, together.Length));
            i += together.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slices.Dispose();

    /// <summary>Lists the slices within reach of one, nearest first.</summary>
    private void Reach(int z)
    {
        _slices.Reach(z);
        _reached.Clear();
        var box = _target.Layout.Box;
        for (var steps = 0; steps < _keys.Z.Length; steps++)
        {
            foreach (var dz in steps == 0 ? [0] : (ReadOnlySpan<int>)[-steps, steps])
            {
                if (z + dz >= box.Z0 && z + dz <= box.Z1)
                {
                    _reached.Add(new Slice(_slices.SliceOffset(z + dz), dz, _keys.Z[steps]));
                }
            }
        }
    }

    /// <summary>How many points, from the first, lie among the same places.</summary>
    private int CountTogether(ReadOnlySpan<SurfacePoint> points)
    {
        var (first, end, count) = (points[0], points[0].X - _slices.LaneOf(points[0]) + DistanceSlices.Lanes, 1);
        while (count < points.Length && points[count].X < end && points[count].Y == first.Y && points[count].Z == first.Z)
        {
            count++;
        }

        return count;
    }

    /// <summary>Measures points that lie among the same places.</summary>
    private void MeasureTogether(ReadOnlySpan<SurfacePoint> points, Span<double> squared)
    {
        var place = _slices.PlaceOf(points[0]);
        var asked = LanesOf(points);
        var least = FindLeast(place, asked);
        var certain = asked & Vector.LessThanOrEqual(least, new Vector<short>(DistanceKeys.MaxCertain));
        for (var i = 0; i < points.Length; i++)
        {
            squared[i] = certain[_slices.LaneOf(points[i])] == 0 ? double.NaN : double.PositiveInfinity;
        }

        Compare(points, squared, place, (least + new Vector<short>(DistanceKeys.Margin)) & certain);
    }

    /// <summary>The least keys of places that follow each other, over all slices within reach.</summary>
    private Vector<short> FindLeast(int place, Vector<short> asked)
    {
        ref var keys = ref MemoryMarshal.GetReference(_slices.Keys);
        var least = new Vector<short>(DistanceKeys.Nothing);
        foreach (var slice in CollectionsMarshal.AsSpan(_reached))
        {
            var across = new Vector<short>(slice.Key);
            if (!Vector.GreaterThanAny(least & asked, across))
            {
                break;
            }

            least = Vector.Min(least, Vector.LoadUnsafe(ref keys, (nuint)(slice.Offset + place)) + across);
        }

        return least;
    }

    /// <summary>Measures exactly in all slices whose keys are within limits by lane, and keeps the nearest.</summary>
    private void Compare(ReadOnlySpan<SurfacePoint> points, Span<double> squared, int place, Vector<short> limit)
    {
        var keys = _slices.Keys;
        ref var first = ref MemoryMarshal.GetReference(keys);
        foreach (var slice in CollectionsMarshal.AsSpan(_reached))
        {
            var across = new Vector<short>(slice.Key);
            if (Vector.LessThanAll(limit, across))
            {
                break;
            }

            if (Vector.LessThanOrEqualAny(Vector.LoadUnsafe(ref first, (nuint)(slice.Offset + place)) + across, limit))
            {
                for (var i = 0; i < points.Length; i++)
                {
                    var lane = _slices.LaneOf(points[i]);
                    var key = keys[slice.Offset + place + lane];
                    if (key + slice.Key <= limit[lane])
                    {
                        squared[i] = Math.Min(squared[i], _keys.SquaredInSlice(_target, points[i], slice.Dz, key));
                    }
                }
            }
        }
    }

    /// <summary>All ones where a point is.</summary>
    private Vector<short> LanesOf(ReadOnlySpan<SurfacePoint> points)
    {
        Span<short> lanes = stackalloc short[DistanceSlices.Lanes];
        lanes.Clear();
        foreach (var point in points)
        {
            lanes[_slices.LaneOf(point)] = -1;
        }

        return new Vector<short>(lanes);
    }

    /// <summary>A slice within reach.</summary>
    /// <param name="Offset">Where, from any place, its keys are.</param>
    /// <param name="Dz">Steps to it.</param>
    /// <param name="Key">Their key.</param>
    private readonly record struct Slice(int Offset, int Dz, short Key);
}
