using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluators;

/// <summary>
/// Finds the nearest point of a surface for points that have one close by, as most have: rows of bits are looked at in order
/// of distance, four by four, until none can be nearer.
/// </summary>
internal static class NearSearch
{
    /// <summary>Counts points by rank of their distance and kind.</summary>
    /// <param name="points">Where to search from.</param>
    /// <param name="target">The surface to find.</param>
    /// <param name="neighbourhood">The rows around a point.</param>
    /// <param name="counts">Counts by rank × <see cref="SurfelTable.Kinds"/> + kind; added to.</param>
    /// <param name="far">Receives the points with nothing in reach; as long as <paramref name="points"/>.</param>
    /// <returns>How many those are.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Count(
        ReadOnlySpan<SurfacePoint> points, BitBox target, Neighbourhood neighbourhood, Span<int> counts, Span<SurfacePoint> far)
    {
        var layout = target.Layout;
        ReadOnlySpan<Row> rows = RowsIn(layout, neighbourhood);
        ref var bits = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(target.Words));
        ref var ranks = ref MemoryMarshal.GetArrayDataReference(neighbourhood.Ranks);
        var (beyond, wasFar, united, unitedAt) = (0, false, 0UL, -1);
        foreach (var point in points)
        {
            // The window's bit 28 is the point's own place: 28 bits lie before it, and 28 or more after it.
            var first = point.X - layout.Box.X0 - Neighbourhood.WindowReach;
            var at = (layout.RowStart(point.Y, point.Z) * sizeof(ulong)) + (first >> 3);
            ref var origin = ref Unsafe.Add(ref bits, at);
            var shift = first & 7;
            if (wasFar)
            {
                // Beside a far point is most often another, and the rows laid over each other tell it at once.
                (united, unitedAt) = (at == unitedAt ? united : Unite(ref origin, rows), at);
                if ((united >> shift & neighbourhood.WindowInReach) == 0)
                {
                    far[beyond++] = point;
                    continue;
                }
            }

            var best = Rank(ref origin, ref ranks, rows[0], shift);
            for (var i = 1; i < rows.Length && rows[i].FirstRank < best; i += Neighbourhood.Together)
            {
                // Four rows without a decision between them cost less than guessing wrong where to stop.
                var four = rows.Slice(i, Neighbourhood.Together);
                var ab = Least(Rank(ref origin, ref ranks, four[0], shift), Rank(ref origin, ref ranks, four[1], shift));
                var cd = Least(Rank(ref origin, ref ranks, four[2], shift), Rank(ref origin, ref ranks, four[3], shift));
                best = Least(best, Least(ab, cd));
            }

            wasFar = best >= neighbourhood.OutOfReach;
            if (!wasFar)
            {
                counts[(best * SurfelTable.Kinds) + point.Kind]++;
            }
            else
            {
                far[beyond++] = point;
            }
        }

        return beyond;
    }

    /// <summary>The windows of all rows laid over each other.</summary>
    private static ulong Unite(ref byte origin, ReadOnlySpan<Row> rows)
    {
        ulong united = 0;
        foreach (var row in rows)
        {
            united |= Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref origin, row.Offset));
        }

        return united;
    }

    /// <summary>Rank of the nearest set bit of a row; out of reach when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Rank(ref byte origin, ref int ranks, in Row row, int shift)
    {
        var window = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref origin, row.Offset)) >> shift;
        var after = BitOperations.TrailingZeroCount(window >> Neighbourhood.WindowReach);
        var before = BitOperations.LeadingZeroCount(window << (63 - Neighbourhood.WindowReach));
        return Unsafe.Add(ref ranks, row.Ranks + Least(after, before));
    }

    /// <summary>The lesser of two numbers of at most 31 bits, without a jump: which it is cannot be guessed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Least(int a, int b) => b + ((a - b) & ((a - b) >> 31));

    private static Row[] RowsIn(BitLayout layout, Neighbourhood neighbourhood)
    {
        var rows = new Row[neighbourhood.Rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var (dy, dz) = neighbourhood.Rows[i];
            var ranks = i * Neighbourhood.RankStride;
            rows[i] = new Row(
                ((dz * layout.SliceWords) + (dy * layout.RowWords)) * sizeof(ulong), ranks, neighbourhood.Ranks[ranks]);
        }

        return rows;
    }

    /// <summary>A row of the neighbourhood in a layout.</summary>
    /// <param name="Offset">Bytes from the point's own row.</param>
    /// <param name="Ranks">Where its ranks begin.</param>
    /// <param name="FirstRank">Its lowest rank: straight across.</param>
    private readonly record struct Row(int Offset, int Ranks, int FirstRank);
}
