using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Evaluators;

/// <summary>A range of points in <see cref="PointBlocks"/>.</summary>
/// <param name="First">Where it begins.</param>
/// <param name="End">Where it ends; whole pairs of vectors lie between.</param>
internal readonly record struct PointBlock(int First, int End);

/// <summary>
/// Points in blocks, of which the nearest is found a vector at a time: in memory three vectors follow each other, the places
/// along x, along y and along z, and a block is pairs of such threes. Memory is borrowed from the pool.
/// </summary>
/// <param name="exact">Squared distances at the grid's spacing.</param>
internal sealed class PointBlocks(SquaredDistances exact) : IDisposable
{
    private const int Axes = 3;

    private readonly RoughDistances _rough = new(exact.Spacing);
    private float[] _places = ArrayPool<float>.Shared.Rent(1 << 14);
    private int _first;
    private int _count;

    /// <summary>Appends a point to the block under way.</summary>
    /// <param name="x">Place along x.</param>
    /// <param name="y">Place along y.</param>
    /// <param name="z">Place along z.</param>
    public void Add(float x, float y, float z)
    {
        if (Axes * (_count + RoughDistances.Lanes) > _places.Length)
        {
            PooledArray.Grow(ref _places, _places.Length, 2 * _places.Length);
        }

        var lane = Lane(_count++);
        (lane[0], lane[RoughDistances.Lanes], lane[2 * RoughDistances.Lanes]) = (x, y, z);
    }

    /// <summary>Ends the block under way, filled up with points that are near to nothing.</summary>
    /// <returns>The block.</returns>
    public PointBlock EndBlock()
    {
        while (_count % (2 * RoughDistances.Lanes) != 0)
        {
            Add(float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity);
        }

        var block = new PointBlock(_first, _count);
        _first = _count;
        return block;
    }

    /// <summary>Finds the nearest point of a block, if it is nearer than the nearest so far.</summary>
    /// <param name="block">The block.</param>
    /// <param name="from">Where to measure from.</param>
    /// <param name="rough">The same.</param>
    /// <param name="nearest">The nearest so far; replaced by a nearer one.</param>
    public void FindNearer(PointBlock block, SurfacePoint from, in RoughBox rough, ref NearestPoint nearest)
    {
        var vectors = MemoryMarshal.Cast<float, Vector512<float>>(
            _places.AsSpan(Axes * block.First, Axes * (block.End - block.First)));
        var limit = _rough.LimitOf(nearest.Squared);
        for (var i = 0; i + 5 < vectors.Length; i += 2 * Axes)
        {
            var a = _rough.Squared(vectors[i] - rough.X0, vectors[i + 1] - rough.Y0, vectors[i + 2] - rough.Z0);
            var b = _rough.Squared(vectors[i + 3] - rough.X0, vectors[i + 4] - rough.Y0, vectors[i + 5] - rough.Z0);
            if (Vector512.LessThanOrEqualAny(Vector512.MinNative(a, b), limit))
            {
                var near = RoughDistances.Within(a, limit) | (RoughDistances.Within(b, limit) << RoughDistances.Lanes);
                var first = block.First + (i / Axes * RoughDistances.Lanes);
                for (; near != 0; near &= near - 1)
                {
                    Compare(first + BitOperations.TrailingZeroCount(near), from, ref nearest);
                }

                limit = _rough.LimitOf(nearest.Squared);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(_places);

    private void Compare(int place, SurfacePoint from, ref NearestPoint nearest)
    {
        var lane = Lane(place);
        var (x, y, z) = (Whole(lane[0]), Whole(lane[RoughDistances.Lanes]), Whole(lane[2 * RoughDistances.Lanes]));
        var squared = exact.Of(x - from.X, y - from.Y, z - from.Z);
        if (squared < nearest.Squared)
        {
            nearest = new NearestPoint(x, y, z, squared);
        }
    }

    private static int Whole(float place) => float.ConvertToIntegerNative<int>(place);

    private Span<float> Lane(int place) => _places.AsSpan(
        (Axes * (place - (place % RoughDistances.Lanes))) + (place % RoughDistances.Lanes));
}
