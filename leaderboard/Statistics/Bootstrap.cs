namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Bootstrap percentile intervals of one sample or of two, for callers that need no shared table of resamples.
/// </summary>
public static class Bootstrap
{
    /// <summary>Interval of the mean of one sample, in the sample's unit; null for an empty sample.</summary>
    /// <param name="values">One value per case.</param>
    /// <param name="resamples">How many; 1000 or more for a 95 % interval.</param>
    /// <param name="seed">The same seed gives the same interval on every machine.</param>
    /// <param name="level">Coverage, default 0.95.</param>
    public static Interval? OfMean(IReadOnlyList<double> values, int resamples, int seed, double level = 0.95) =>
        Resamples.Percentile(
            Resamples.Draw(new Random(seed), values.Count, resamples).MacroMeans([Nullable(values)]), level);

    /// <summary>
    /// Interval of mean(<paramref name="first"/>) − mean(<paramref name="second"/>) of two independent samples, each
    /// resampled on its own; null when either is empty.
    /// </summary>
    /// <param name="first">One value per case of the first sample.</param>
    /// <param name="second">One value per case of the second sample.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="seed">The same seed gives the same interval on every machine.</param>
    /// <param name="level">Coverage, default 0.95.</param>
    public static Interval? OfDifference(
        IReadOnlyList<double> first, IReadOnlyList<double> second, int resamples, int seed, double level = 0.95)
    {
        // One generator for both, one after the other: two with related seeds would draw related cases.
        var random = new Random(seed);
        var left = Resamples.Draw(random, first.Count, resamples).MacroMeans([Nullable(first)]);
        var right = Resamples.Draw(random, second.Count, resamples).MacroMeans([Nullable(second)]);
        return Resamples.Percentile(left.Zip(right, (a, b) => a - b), level);
    }

    private static double?[] Nullable(IReadOnlyList<double> values) => [.. values.Select(value => (double?)value)];
}
