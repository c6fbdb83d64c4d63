using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

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
                surface.AddCorners(slices.TwoRows(y - 1, z - 1), slices.TwoRows(y - 1, z), y, z);
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
    /// <param name="front">The two rows of the slice before the corners.</param>
    /// <param name="back">The two rows of the slice after them.</param>
    /// <param name="y">Row of the corners.</param>
    /// <param name="z">Slice of the corners.</param>
    private void AddCorners(ReadOnlySpan<ulong> front, ReadOnlySpan<ulong> back, int y, int z)
    {
        var words = Bits.Layout.RowWords;
        var row = Bits.Words.Slice(Bits.Layout.RowStart(y, z) - 1, words);
        var points = Reserve(64 * words);
        var added = 0;
        var (anyBefore, allBefore) = (0UL, 0UL);
        for (var word = 1; word < row.Length; word++)
        {
            // Bit x of a word is the voxel at the corner's own x; shifted, the voxel at the x before.
            var (a, b, c, d) = (front[word], back[word], front[word + words], back[word + words]);
            var (any, all) = (a | b | c | d, a & b & c & d);
            var mixed = (any | (any << 1) | (anyBefore >> 63)) & ~(all & ((all << 1) | (allBefore >> 63)));
            (anyBefore, allBefore) = (any, all);
            if (mixed == 0)
            {
                continue;
            }

            row[word] = mixed;
            var x = Bits.Layout.Box.X0 + (64 * (word - 1));
            var own = Vector256.Create(d, c, b, a);
            var before = (own << 1)
                | (Vector256.Create(back[word - 1 + words], front[word - 1 + words], back[word - 1], front[word - 1]) >> 63);
            for (; mixed != 0; mixed &= mixed - 1)
            {
                // Of eight words the same bit: shifted to the top, all are had at once.
                var bit = BitOperations.TrailingZeroCount(mixed);
                var code = ((before << (63 - bit)).ExtractMostSignificantBits() << 4)
                    | (own << (63 - bit)).ExtractMostSignificantBits();
                points[added++] = new SurfacePoint((ushort)(x + bit), (ushort)y, (ushort)z, SurfelTable.KindOf[(int)code]);
            }
        }

        _count += added;
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
        var row = Bits.Words.Slice(Bits.Layout.RowStart(y, z) - 1, own.Length - 1);
        var points = Reserve(64 * row.Length);
        var added = 0;
        for (var word = 1; word < row.Length; word++)
        {
            var before = (own[word] << 1) | (own[word - 1] >> 63);
            var after = (own[word] >> 1) | (own[word + 1] << 63);
            var edges = own[word] & ~(before & after & below[word] & above[word] & front[word] & back[word]);
            row[word] = edges;
            var x = Bits.Layout.Box.X0 + (64 * (word - 1));
            for (; edges != 0; edges &= edges - 1)
            {
                points[added++] = new SurfacePoint(
                    (ushort)(x + BitOperations.TrailingZeroCount(edges)), (ushort)y, (ushort)z, Kind: 0);
            }
        }

        _count += added;
    }

    /// <summary>Room for points after those that there are.</summary>
    private Span<SurfacePoint> Reserve(int more)
    {
        if (_count + more > _points.Length)
        {
            _budget.RequireStructure(_count);
            PooledArray.Grow(ref _points, _count, _count + more);
        }

        return _points.AsSpan(_count, more);
    }
}
