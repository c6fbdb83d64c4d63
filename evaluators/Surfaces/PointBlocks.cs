using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Evaluators;

/// <summary>A range of points in <see cref="PointBlocks"/>.</summary>
/// <param name="First">Where it begins.</param>
/// <param name="End">Where it ends; whole vectors lie between.</param>
internal readonly record struct PointBlock(int First, int End);

/// <summary>Points in blocks, of which the nearest is found a vector at a time. Memory is borrowed from the pool.</summary>
/// <param name="exact">Squared distances at the grid's spacing.</param>
internal sealed class PointBlocks(SquaredDistances exact) : IDisposable
{
    private readonly RoughDistances _rough = new(exact.Spacing);
    private float[] _x = ArrayPool<float>.Shared.Rent(1 << 12);
    private float[] _y = ArrayPool<float>.Shared.Rent(1 << 12);
    private float[] _z = ArrayPool<float>.Shared.Rent(1 << 12);
    private int _first;
    private int _count;

    /// <summary>Appends a point to the block under way.</summary>
    /// <param name="x">Place along x.</param>
    /// <param name="y">Place along y.</param>
    /// <param name="z">Place along z.</param>
    public void Add(float x, float y, float z)
    {
        if (_count == _x.Length)
        {
            Grow(ref _x);
            Grow(ref _y);
            Grow(ref _z);
        }

        (_x[_count], _y[_count], _z[_count]) = (x, y, z);
        _count++;
    }

    /// <summary>Ends the block under way, filled up with points that are near to nothing.</summary>
    /// <returns>The block.</returns>
    public PointBlock EndBlock()
    {
        while (_count % RoughDistances.Lanes != 0)
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
    /// <param name="nearest">The nearest so far; replaced by a nearer one.</param>
    public void FindNearer(PointBlock block, SurfacePoint from, ref NearestPoint nearest)
    {
        var length = block.End - block.First;
        var xs = MemoryMarshal.Cast<float, Vector512<float>>(_x.AsSpan(block.First, length));
        var ys = MemoryMarshal.Cast<float, Vector512<float>>(_y.AsSpan(block.First, length));
        var zs = MemoryMarshal.Cast<float, Vector512<float>>(_z.AsSpan(block.First, length));
        var (x, y, z) = (Vector512.Create((float)from.X), Vector512.Create((float)from.Y), Vector512.Create((float)from.Z));
        var limit = _rough.LimitOf(nearest.Squared);
        for (var i = 0; i < xs.Length && i < ys.Length && i < zs.Length; i++)
        {
            for (var near = _rough.Within(xs[i] - x, ys[i] - y, zs[i] - z, limit); near != 0; near &= near - 1)
            {
                var place = block.First + (i * RoughDistances.Lanes) + BitOperations.TrailingZeroCount(near);
                var squared = exact.Of((int)_x[place] - from.X, (int)_y[place] - from.Y, (int)_z[place] - from.Z);
                if (squared < nearest.Squared)
                {
                    nearest = new NearestPoint((int)_x[place], (int)_y[place], (int)_z[place], squared);
                    limit = _rough.LimitOf(squared);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_x);
        ArrayPool<float>.Shared.Return(_y);
        ArrayPool<float>.Shared.Return(_z);
    }

    private static void Grow(ref float[] places)
    {
        var larger = ArrayPool<float>.Shared.Rent(2 * places.Length);
        places.CopyTo(larger, 0);
        ArrayPool<float>.Shared.Return(places);
        places = larger;
    }
}
