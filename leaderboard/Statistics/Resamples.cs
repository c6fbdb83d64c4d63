using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Bootstrap resamples of cases: each draws as many cases as there are, with replacement, and takes the mean of every
/// column over the cases drawn. All columns of one table share the draws, so that entries are compared on the same ones
/// and equal entries get equal intervals.
/// </summary>
/// <remarks>
/// Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 13 (percentile interval). Draws come
/// in blocks with a stream of random numbers each, and each mean is summed in the order of cases, so the numbers do not
/// depend on threads or on the width of the machine's vectors. A resample is a row of counts, how often each case was
/// drawn; the means of all columns are then one matrix product, which is what makes 10,000 of them cheap.
/// </remarks>
public sealed class Resamples
{
    private const int Block = 64;

    private readonly double[][] _means;

    private Resamples(int count, double[][] means) => (Count, _means) = (count, means);

    /// <summary>Number of resamples.</summary>
    public int Count { get; }

    /// <summary>Draws resamples and takes the means.</summary>
    /// <param name="columns">One array per column, one value per case; null is left out of the mean.</param>
    /// <param name="cases">Cases to draw from; with 0 every mean is undefined.</param>
    /// <param name="count">Resamples; at least 1.</param>
    /// <param name="seed">The same seed gives the same means on every machine.</param>
    /// <param name="stream">Other streams of one seed are independent of each other.</param>
    /// <param name="threads">Threads to use; null for all. Changes nothing but the time.</param>
    /// <exception cref="ArgumentException">A column's length is not <paramref name="cases"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is too small.</exception>
    public static Resamples Draw(
        IReadOnlyList<double?[]> columns, int cases, int count, int seed, int stream = 0, int? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        return columns.FirstOrDefault(column => column.Length != cases) is { } other
            ? throw new ArgumentException($"A column has {other.Length} values, not {cases}.", nameof(columns))
            : Draw(new ColumnTiles(columns.Count, cases, (k, c) => columns[k][c]), count, seed, stream, threads);
    }

    /// <summary>The same of columns that are laid out already.</summary>
    internal static Resamples Draw(ColumnTiles tiles, int count, int seed, int stream, int? threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var cases = tiles.Cases;
        double[][] means = [.. Enumerable.Range(0, tiles.Columns).Select(_ => new double[count])];
        var blocks = (count + Block - 1) / Block;
        Parallel.For(
            0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1 },
            () => (Drawn: new double[Block * Math.Max(cases, 1)], Sums: new double[Block * tiles.Tiles * ColumnTiles.Width]),
            (block, _, buffers) =>
            {
                CountDrawn(new RandomStream(seed, stream, block), buffers.Drawn, cases);
                for (var tile = 0; tile < tiles.Tiles; tile++)
                {
                    Sum(tiles, tile, buffers.Drawn, buffers.Sums);
                }

                Divide(tiles, buffers.Sums, means, block * Block, Math.Min(Block, count - block * Block));
                return buffers;
            },
            _ => { });
        return new Resamples(count, means);
    }

    /// <summary>A column's mean in each resample; null where no case with a value was drawn.</summary>
    /// <param name="column">Position of the column.</param>
    public double?[] Means(int column) => [.. _means[column].Select(mean => double.IsNaN(mean) ? (double?)null : mean)];

    /// <summary>The same means as numbers, NaN where undefined; for the loops of this library only.</summary>
    internal ReadOnlySpan<double> MeansOrNaN(int column) => _means[column];

    /// <summary>
    /// The statistic that boards show, in each resample: the weighted mean over columns of their means, columns that
    /// are undefined there left out. NaN where all are.
    /// </summary>
    /// <param name="columns">Positions of the columns.</param>
    /// <param name="weights">One weight per column.</param>
    internal double[] MacroMeans(IReadOnlyList<int> columns, IReadOnlyList<double> weights)
    {
        var sums = new double[Count];
        var totals = new double[Count];
        for (var k = 0; k < columns.Count; k++)
        {
            var (means, weight) = (_means[columns[k]], weights[k]);
            for (var i = 0; i < sums.Length; i++)
            {
                if (!double.IsNaN(means[i]))
                {
                    sums[i] += weight * means[i];
                    totals[i] += weight;
                }
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = totals[i] > 0 ? sums[i] / totals[i] : double.NaN;
        }

        return sums;
    }

    /// <summary>
    /// The percentile interval of a bootstrapped statistic: its type-7 quantiles at (1 ± <paramref name="level"/>)/2.
    /// </summary>
    /// <param name="values">The statistic in each resample; NaN is left out.</param>
    /// <param name="level">Coverage, such as 0.95.</param>
    /// <returns>Null when no resample has a value.</returns>
    internal static Interval? Percentile(ReadOnlySpan<double> values, double level)
    {
        var defined = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                defined[count++] = value;
            }
        }

        return count == 0
            ? null
            : new Interval(
                Selection.Quantile(defined.AsSpan(0, count), (1 - level) / 2),
                Selection.Quantile(defined.AsSpan(0, count), (1 + level) / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one call is long, so it must not start unoptimised
    private static void CountDrawn(RandomStream random, double[] drawn, int cases)
    {
        Array.Clear(drawn);
        for (var i = 0; i < Block; i++)
        {
            for (var n = 0; n < cases; n++)
            {
                drawn[i * cases + random.Next(cases)]++;
            }
        }
    }

    /// <summary>Sums of one tile's columns in all resamples of a block, four resamples at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one call is long, so it must not start unoptimised
    private static void Sum(ColumnTiles tiles, int tile, double[] drawn, double[] sums)
    {
        const int Half = ColumnTiles.Width / 2;
        var (cases, stride) = (tiles.Cases, tiles.Tiles * ColumnTiles.Width);
        ReadOnlySpan<double> values = tiles.Values.AsSpan(tile * cases * ColumnTiles.Width, cases * ColumnTiles.Width);
        for (var i = 0; i < Block; i += 4)
        {
            var n0 = drawn.AsSpan(i * cases, cases);
            var n1 = drawn.AsSpan((i + 1) * cases, cases);
            var n2 = drawn.AsSpan((i + 2) * cases, cases);
            var n3 = drawn.AsSpan((i + 3) * cases, cases);
            Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector256<double> b0 = default, b1 = default, b2 = default, b3 = default;
            ref var first = ref MemoryMarshal.GetReference(values);
            for (var c = 0; c < cases; c++)
            {
                var a = Vector256.LoadUnsafe(ref first, (nuint)(c * ColumnTiles.Width));
                var b = Vector256.LoadUnsafe(ref first, (nuint)(c * ColumnTiles.Width + Half));
                var (w0, w1) = (Vector256.Create(n0[c]), Vector256.Create(n1[c]));
                var (w2, w3) = (Vector256.Create(n2[c]), Vector256.Create(n3[c]));
                (a0, a1, a2, a3) = (a0 + a * w0, a1 + a * w1, a2 + a * w2, a3 + a * w3);
                (b0, b1, b2, b3) = (b0 + b * w0, b1 + b * w1, b2 + b * w2, b3 + b * w3);
            }

            var at = i * stride + tile * ColumnTiles.Width;
            Store(sums, at, a0, b0);
            Store(sums, at + stride, a1, b1);
            Store(sums, at + 2 * stride, a2, b2);
            Store(sums, at + 3 * stride, a3, b3);
        }
    }

    private static void Store(double[] sums, int at, Vector256<double> low, Vector256<double> high)
    {
        low.CopyTo(sums, at);
        high.CopyTo(sums, at + ColumnTiles.Width / 2);
    }

    private static void Divide(ColumnTiles tiles, double[] sums, double[][] means, int from, int count)
    {
        var stride = tiles.Tiles * ColumnTiles.Width;
        for (var k = 0; k < means.Length; k++)
        {
            for (var i = 0; i < count; i++)
            {
                // 0/0 where no case with a value was drawn: NaN, which stays inside this library.
                means[k][from + i] = sums[i * stride + k] / sums[i * stride + tiles.Counter[k]];
            }
        }
    }
}
