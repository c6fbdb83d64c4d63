using System.Buffers;
using System.Numerics;

namespace Touchstone.Evaluators;

/// <summary>One point of a surface.</summary>
/// <param name="X">Place along x.</param>
/// <param name="Y">Place along y.</param>
/// <param name="Z">Place along z.</param>
/// <param name="Kind">Which weight it has.</param>
internal readonly record struct SurfacePoint(ushort X, ushort Y, ushort Z, byte Kind);

/// <summary>The surface of a mask: its points as a list and as bits. Both lie in memory borrowed from the pool.</summary>
internal sealed class Surface : IDisposable
{
    private SurfacePoint[] _points = ArrayPool<SurfacePoint>.Shared.Rent(1 << 10);
    private int _count;

    private Surface(BitLayout layout) => Bits = new BitBox(layout);

    /// <summary>The points, by slice, row and place.</summary>
    public ReadOnlySpan<SurfacePoint> Points => _points.AsSpan(0, _count);

    /// <summary>The same points, one bit each.</summary>
    public BitBox Bits { get; }

    /// <summary>
    /// The corners that have voxels both inside and outside around them, each with the kind of its surface element. Corner
    /// (x, y, z) is the one before voxel (x, y, z); beyond the volume everything is outside.
    /// </summary>
    /// <param name="mask">The voxels.</param>
    /// <param name="layout">A box of corners around those of the mask.</param>
    public static Surface OfCorners(Mask mask, BitLayout layout)
    {
        using var inside = BitBox.Of(mask, layout);
        var surface = new Surface(layout);
        if (mask.Voxels > 0)
        {
            var (box, words) = (mask.Box, ((mask.Box.X1 + 1 - layout.Box.X0) / 64) + 1);
            for (var z = box.Z0; z <= box.Z1 + 1; z++)
            {
                for (var y = box.Y0; y <= box.Y1 + 1; y++)
                {
                    surface.AddCorners(inside.Words, y, z, words);
                }
            }
        }

        return surface;
    }

    /// <summary>The voxels of which a face neighbour is outside; beyond the volume everything is outside. All of kind 0.</summary>
    /// <param name="mask">The voxels.</param>
    /// <param name="layout">A box around them.</param>
    public static Surface OfEdgeVoxels(Mask mask, BitLayout layout)
    {
        using var inside = BitBox.Of(mask, layout);
        var surface = new Surface(layout);
        if (mask.Voxels > 0)
        {
            var (box, words) = (mask.Box, ((mask.Box.X1 - layout.Box.X0) / 64) + 1);
            for (var z = box.Z0; z <= box.Z1; z++)
            {
                for (var y = box.Y0; y <= box.Y1; y++)
                {
                    surface.AddEdges(inside.Words, y, z, words);
                }
            }
        }

        return surface;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<SurfacePoint>.Shared.Return(_points);
        Bits.Dispose();
    }

    private void AddCorners(ReadOnlySpan<ulong> inside, int y, int z, int words)
    {
        var layout = Bits.Layout;
        var here = layout.RowStart(y, z);
        for (var word = 0; word < words; word++)
        {
            // The four rows that meet at the corners of this row, at the corner's own x and, shifted, at the x before.
            var at = here + word;
            var (a, aBefore) = Pair(inside, at - layout.RowWords - layout.SliceWords);
            var (b, bBefore) = Pair(inside, at - layout.RowWords);
            var (c, cBefore) = Pair(inside, at - layout.SliceWords);
            var (d, dBefore) = Pair(inside, at);
            var some = a | aBefore | b | bBefore | c | cBefore | d | dBefore;
            var all = a & aBefore & b & bBefore & c & cBefore & d & dBefore;
            var mixed = some & ~all;
            if (mixed == 0)
            {
                continue;
            }

            Bits.Words[at] = mixed;
            Reserve(64);
            for (var left = mixed; left != 0; left &= left - 1)
            {
                var bit = BitOperations.TrailingZeroCount(left);
                var code = (((aBefore >> bit) & 1) << 7) | (((bBefore >> bit) & 1) << 6)
                    | (((cBefore >> bit) & 1) << 5) | (((dBefore >> bit) & 1) << 4)
                    | (((a >> bit) & 1) << 3) | (((b >> bit) & 1) << 2) | (((c >> bit) & 1) << 1) | ((d >> bit) & 1);
                Add(layout.Box.X0 + (64 * word) + bit, y, z, SurfelTable.KindOf[(int)code]);
            }
        }
    }

    private void AddEdges(ReadOnlySpan<ulong> inside, int y, int z, int words)
    {
        var layout = Bits.Layout;
        var here = layout.RowStart(y, z);
        for (var word = 0; word < words; word++)
        {
            var at = here + word;
            var (own, before) = Pair(inside, at);
            var after = (own >> 1) | (inside[at + 1] << 63);
            var edges = own & ~(before & after
                & inside[at - layout.RowWords] & inside[at + layout.RowWords]
                & inside[at - layout.SliceWords] & inside[at + layout.SliceWords]);
            Bits.Words[at] = edges;
            Reserve(64);
            for (var left = edges; left != 0; left &= left - 1)
            {
                Add(layout.Box.X0 + (64 * word) + BitOperations.TrailingZeroCount(left), y, z, kind: 0);
            }
        }
    }

    private static (ulong Own, ulong Before) Pair(ReadOnlySpan<ulong> inside, int at) =>
        (inside[at], (inside[at] << 1) | (inside[at - 1] >> 63));

    private void Reserve(int more)
    {
        if (_count + more > _points.Length)
        {
            var larger = ArrayPool<SurfacePoint>.Shared.Rent(2 * _points.Length);
            Points.CopyTo(larger);
            ArrayPool<SurfacePoint>.Shared.Return(_points);
            _points = larger;
        }
    }

    private void Add(int x, int y, int z, byte kind) =>
        _points[_count++] = new SurfacePoint((ushort)x, (ushort)y, (ushort)z, kind);
}
