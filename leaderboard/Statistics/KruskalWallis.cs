namespace Touchstone.Leaderboard.Statistics;

/// <summary>A Kruskal-Wallis test of "some of these independent samples tend to be greater than others".</summary>
/// <remarks>
/// Kruskal and Wallis (1952), https://doi.org/10.1080/01621459.1952.10483441: H corrected for ties, p from the
/// chi-squared distribution with k − 1 degrees of freedom; SciPy's <c>kruskal</c>. Values that differ by no more than
/// <see cref="Rounding"/> are equal.
/// </remarks>
public sealed record KruskalWallis
{
    /// <summary>The statistic; null when all values are equal.</summary>
    public required double? H { get; init; }

    /// <summary>Samples − 1.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>p; null when all values are equal: there is nothing to test.</summary>
    public required double? P { get; init; }

    /// <summary>Tests whether samples differ.</summary>
    /// <param name="samples">Two or more samples, none of them empty.</param>
    /// <exception cref="ArgumentException">There are fewer than two samples, or one is empty.</exception>
    public static KruskalWallis Test(IReadOnlyList<IReadOnlyList<double>> samples)
    {
        if (samples.Count < 2 || samples.Any(sample => sample.Count == 0))
        {
            throw new ArgumentException($"{samples.Count} samples, or an empty one among them.", nameof(samples));
        }

        var ranks = new PooledRanks(samples);
        double n = ranks.Count;
        var correction = 1 - ranks.Ties / (n * n * n - n);
        var df = samples.Count - 1;
        if (correction <= 0)
        {
            return new KruskalWallis { H = null, DegreesOfFreedom = df, P = null };
        }

        var squares = samples.Select((sample, s) => ranks.Sums[s] * ranks.Sums[s] / sample.Count).Sum();
        var h = (12 / (n * (n + 1)) * squares - 3 * (n + 1)) / correction;
        return new KruskalWallis { H = h, DegreesOfFreedom = df, P = ChiSquared.UpperTail(h, df) };
    }
}
