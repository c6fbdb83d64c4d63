namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Descriptive statistics of a sample, in the unit of its values. What a sample is too small for is null. All agree
/// with NumPy's defaults and R's, except where a member says otherwise.
/// </summary>
public static class Describe
{
    /// <summary>Arithmetic mean; null for an empty sample.</summary>
    /// <param name="values">The sample, in any order.</param>
    public static double? Mean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>Standard deviation with n − 1 in the denominator; null below two values.</summary>
    /// <param name="values">The sample, in any order.</param>
    public static double? StandardDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return null;
        }

        // Two passes: the textbook one-pass form loses all digits where the spread is small beside the mean.
        var mean = Mean(values)!.Value;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Length - 1));
    }

    /// <summary>The middle value, or the mean of the two middle ones; null for an empty sample.</summary>
    /// <param name="values">The sample, in any order.</param>
    public static double? Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>
    /// Quantile by linear interpolation between order statistics at h = (n − 1)·p; null for an empty sample.
    /// </summary>
    /// <param name="values">The sample, in any order.</param>
    /// <param name="probability">p in [0, 1].</param>
    /// <remarks>Type 7 of Hyndman and Fan (1996), https://doi.org/10.2307/2684934.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1].</exception>
    public static double? Quantile(ReadOnlySpan<double> values, double probability)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return QuantileOfSorted(sorted, probability);
    }

    /// <summary>The same as <see cref="Quantile"/> without sorting again.</summary>
    /// <param name="sorted">The sample in ascending order; not checked.</param>
    /// <param name="probability">p in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1].</exception>
    public static double? QuantileOfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (probability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        }

        if (sorted.IsEmpty)
        {
            return null;
        }

        var h = (sorted.Length - 1) * probability;
        var below = (int)h;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
    }
}
