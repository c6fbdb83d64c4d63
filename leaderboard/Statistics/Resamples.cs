namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// A table of bootstrap resamples: which cases each one drew, with replacement. Drawn once and applied to every entry,
/// so that entries are compared on the same draws and equal entries get equal intervals.
/// </summary>
/// <remarks>
/// Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 13 (percentile interval).
/// </remarks>
public sealed class Resamples
{
    private readonly int[] _drawn;

    private Resamples(int cases, int count, int[] drawn) => (Cases, Count, _drawn) = (cases, count, drawn);

    /// <summary>Cases drawn from, and drawn in each resample.</summary>
    public int Cases { get; }

    /// <summary>Number of resamples.</summary>
    public int Count { get; }

    /// <summary>Draws a table.</summary>
    /// <param name="random">
    /// Source of the draws; advanced by <paramref name="cases"/> × <paramref name="count"/> numbers.
    /// </param>
    /// <param name="cases">Cases to draw from; 0 gives a table whose every statistic is undefined.</param>
    /// <param name="count">Resamples to draw; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is too small.</exception>
    public static Resamples Draw(Random random, int cases, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var drawn = new int[checked(cases * count)];
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = random.Next(cases);
        }

        return new Resamples(cases, count, drawn);
    }

    /// <summary>
    /// The statistic that boards show, in each resample: every column's mean over the cases drawn, averaged over the
    /// columns. With one column it is that column's mean.
    /// </summary>
    /// <param name="columns">
    /// One array per structure, one value per case; null values are left out of the means.
    /// </param>
    /// <returns>One value per resample; null where no column has a value among the cases drawn.</returns>
    /// <exception cref="ArgumentException">A column's length is not <see cref="Cases"/>.</exception>
    public double?[] MacroMeans(IReadOnlyList<double?[]> columns)
    {
        var sums = new double[Count];
        var defined = new int[Count];
        foreach (var column in columns)
        {
            if (column.Length != Cases)
            {
                throw new ArgumentException(
                    $"A column has {column.Length} values, the table {Cases} cases.", nameof(columns));
            }

            AddColumn(column, sums, defined);
        }

        var means = new double?[Count];
        for (var i = 0; i < Count; i++)
        {
            means[i] = defined[i] == 0 ? null : sums[i] / defined[i];
        }

        return means;
    }

    /// <summary>
    /// The percentile interval of a bootstrapped statistic: its type-7 quantiles at (1 ± <paramref name="level"/>)/2.
    /// </summary>
    /// <param name="values">The statistic in each resample; undefined ones are left out.</param>
    /// <param name="level">Coverage, such as 0.95.</param>
    /// <returns>Null when no resample has a value.</returns>
    public static Interval? Percentile(IEnumerable<double?> values, double level)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Interval(
                Describe.QuantileOfSorted(sorted, (1 - level) / 2)!.Value,
                Describe.QuantileOfSorted(sorted, (1 + level) / 2)!.Value);
    }

    private void AddColumn(double?[] column, double[] sums, int[] defined)
    {
        // Plain arrays, in which an undefined value adds 0 to the sum and 0 to the count: no branch in the inner loop.
        double[] values = [.. column.Select(value => value ?? 0)];
        int[] present = [.. column.Select(value => value is null ? 0 : 1)];
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            var n = 0;
            foreach (var index in _drawn.AsSpan(i * Cases, Cases))
            {
                sum += values[index];
                n += present[index];
            }

            if (n > 0)
            {
                sums[i] += sum / n;
                defined[i]++;
            }
        }
    }
}
