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
        Resamples.Percentile(Draw(values, resamples, seed, stream: 0).MeansOrNaN(0), level);

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
        IReadOnlyList<double> first, IReadOnlyList<double> second, int resamples, int seed, double level = 0.95) =>
        OfDifference(
            Draw(first, resamples, seed, stream: 0).MeansOrNaN(0),
            Draw(second, resamples, seed, stream: 1).MeansOrNaN(0), level);

    /// <summary>The same from two statistics that were resampled independently; NaN is left out.</summary>
    internal static Interval? OfDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level)
    {
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return Resamples.Percentile(differences, level);
    }

    private static Resamples Draw(IReadOnlyList<double> values, int resamples, int seed, int stream) =>
        Resamples.Draw([[.. values.Select(value => (double?)value)]], values.Count, resamples, seed, stream);
}
