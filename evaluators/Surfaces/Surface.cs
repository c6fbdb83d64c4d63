using System.Buffers;
using System.Numerics;

namespace Touchstone.Evaluators;

/// <summary>One point of a surface.</summary>
/// <param name="X">Place along x.</param>
/// <param name="Y">Place along y.</param>
/// <param name="Z">Place along z.</param>
/// <param name="Kind">Which weight it has.</param>
internal readonly record struct SurfacePoint(ushort X, ushort Y, ushort Z, byte Kind);

/// <summary>
/// The surface of a mask: its points as a list and as bits. Both lie in memory borrowed from the pool.
/// </summary>
internal sealed class Surface : IDisposable
{
    private readonly SurfaceBudget _budget;
    private SurfacePoint[] _points = ArrayPool<SurfacePoint>.Shared.Rent(1 << 10);
    private int _count;

    private Surface(BitLayout layout, SurfaceBudget budget) => (Bits, _budget) = (new BitBox(layout), budget);

    /// <summary>The points, by slice, row and place.</summary>
    public ReadOnlySpan<SurfacePoint> Points => _points.AsSpan(0, _count);

    /// <summary>The same points, one bit each.</summary>
    public BitBox Bits { get; }

    /// <summary>
    /// The corners that have voxels both inside and outside around them, each with the kind of its surface element. Corner
    /// (x, y, z) is the one before voxel (x, y, z); beyond the volume everything is outside.
    /// </summary>
    /// <param name="mask">The voxels, one at least.</param>
    /// <param name="layout">A box of corners around those of the mask.</param>
    /// <exception cref="VolumeException">There are more than the mask's budget allows.</exception>
    public static Surface OfCorners(Mask mask, BitLayout layout)
    {
        using var slices = new MaskSlices(mask, layout);
        var surface = new Surface(layout, mask.Budget);
        var box = mask.Box;
        for (var z = box.Z0; z <= box.Z1 + 1; z++)
        {
            slices.Load(z);
            for (var y = box.Y0; y <= box.Y1 + 1; y++)
            {
                surface.AddCorners(
                    slices.Row(y - 1, z - 1), slices.Row(y - 1, z), slices.Row(y, z - 1), slices.Row(y, z), y, z);
            }
        }

        mask.Budget.AddStructure(surface._count);
        return surface;
    }

    /// <summary>
    /// The voxels of which a face neighbour is outside; beyond the volume everything is outside. All of kind 0.
    /// </summary>
    /// <param name="mask">The voxels, one at least.</param>
    /// <param name="layout">A box around them.</param>
    /// <exception cref="VolumeException">There are more than the mask's budget allows.</exception>
    public static Surface OfEdgeVoxels(Mask mask, BitLayout layout)
    {
        using var slices = new MaskSlices(mask, layout);
        var surface = new Surface(layout, mask.Budget);
        var box = mask.Box;
        slices.Load(box.Z0);
        for (var z = box.Z0; z <= box.Z1; z++)
        {
            slices.Load(z + 1);
            for (var y = box.Y0; y <= box.Y1; y++)
            {
                surface.AddEdges(
                    slices.Row(y, z),
                    slices.Row(y - 1, z),
                    slices.Row(y + 1, z),
                    slices.Row(y, z - 1),
                    slices.Row(y, z + 1),
                    y,
                    z);
            }
        }

        mask.Budget.AddStructure(surface._count);
        return surface;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<SurfacePoint>.Shared.Return(_points);
        Bits.Dispose();
    }

    /// <summary>Adds the corners of one row, around which four rows of voxels meet.</summary>
    private void AddCorners(
        ReadOnlySpan<ulong> rowA, ReadOnlySpan<ulong> rowB, ReadOnlySpan<ulong> rowC, ReadOnlySpan<ulong> rowD, int y, int z)
    {
        var row = Bits.Words.Slice(Bits.Layout.RowStart(y, z) - 1, rowA.Length);
        for (var word = 1; word < row.Length; word++)
        {
            // Bit x of a word is the voxel at the corner's own x; shifted, the voxel at the x before.
            var (a, aBefore) = Pair(rowA, word);
            var (b, bBefore) = Pair(rowB, word);
            var (c, cBefore) = Pair(rowC, word);
            var (d, dBefore) = Pair(rowD, word);
            var mixed = (a | aBefore | b | bBefore | c | cBefore | d | dBefore)
                & ~(a & aBefore & b & bBefore & c & cBefore & d & dBefore);
            if (mixed == 0)
            {
                continue;
            }

            row[word] = mixed;
            var x = Bits.Layout.Box.X0 + (64 * (word - 1));
            var points = Reserve(BitOperations.PopCount(mixed));
            for (var i = 0; i < points.Length; i++, mixed &= mixed - 1)
            {
                var bit = BitOperations.TrailingZeroCount(mixed);
                var code = ((aBefore >> bit & 1) << 7) | ((bBefore >> bit & 1) << 6)
                    | ((cBefore >> bit & 1) << 5) | ((dBefore >> bit & 1) << 4)
                    | ((a >> bit & 1) << 3) | ((b >> bit & 1) << 2) | ((c >> bit & 1) << 1) | (d >> bit & 1);
                points[i] = new SurfacePoint((ushort)(x + bit), (ushort)y, (ushort)z, SurfelTable.KindOf[(int)code]);
            }
        }
    }

    /// <summary>Adds the edge voxels of one row, given the four rows beside it.</summary>
    private void AddEdges(
        ReadOnlySpan<ulong> own,
        ReadOnlySpan<ulong> below,
        ReadOnlySpan<ulong> above,
        ReadOnlySpan<ulong> front,
        ReadOnlySpan<ulong> back,
        int y,
        int z)
    {
        var row = Bits.Words.Slice(Bits.Layout.RowStart(y, z) - 1, own.Length);
        for (var word = 1; word < row.Length - 1; word++)
        {
            var before = (own[word] << 1) | (own[word - 1] >> 63);
            var after = (own[word] >> 1) | (own[word + 1] << 63);
            var edges = own[word] & ~(before & after & below[word] & above[word] & front[word] & back[word]);
            row[word] = edges;
            var x = Bits.Layout.Box.X0 + (64 * (word - 1));
            var points = Reserve(BitOperations.PopCount(edges));
            for (var i = 0; i < points.Length; i++, edges &= edges - 1)
            {
                points[i] = new SurfacePoint(
                    (ushort)(x + BitOperations.TrailingZeroCount(edges)), (ushort)y, (ushort)z, Kind: 0);
            }
        }
    }

    private static (ulong Own, ulong Before) Pair(ReadOnlySpan<ulong> row, int word) =>
        (row[word], (row[word] << 1) | (row[word - 1] >> 63));

    private Span<SurfacePoint> Reserve(int more)
    {
        if (_count + more > _points.Length)
        {
            // The pool rounds up to a power of two, so this doubles.
            _budget.RequireStructure(_count + more);
            var larger = ArrayPool<SurfacePoint>.Shared.Rent(_count + more);
            Points.CopyTo(larger);
            ArrayPool<SurfacePoint>.Shared.Return(_points);
            _points = larger;
        }

        _count += more;
        return _points.AsSpan(_count - more, more);
    }
}
