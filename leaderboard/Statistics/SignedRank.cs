namespace Touchstone.Leaderboard.Statistics;

/// <summary>A one-sided Wilcoxon signed-rank test of "the first is greater than the second" on paired values.</summary>
/// <remarks>
/// Wilcoxon (1945), https://doi.org/10.2307/3001968. Pairs that do not differ are dropped, equal differences share
/// their mean rank, and p is the normal approximation with tie correction and without continuity correction, for every
/// n: SciPy's <c>wilcoxon(mode="approx", correction=False, alternative="greater")</c>.
/// </remarks>
public sealed record SignedRank
{
    /// <summary>Pairs compared, those without a difference included.</summary>
    public required int N { get; init; }

    /// <summary>Pairs without a difference.</summary>
    public required int Zeros { get; init; }

    /// <summary>Sum of the ranks of the pairs in which the first is greater.</summary>
    public required double WPlus { get; init; }

    /// <summary>Standardised statistic; null when no pair differs.</summary>
    public required double? Z { get; init; }

    /// <summary>p of the one-sided test; 1 when no pair differs, which is no evidence at all.</summary>
    public required double P { get; init; }

    /// <summary>Tests whether the first values tend to be greater than the second.</summary>
    /// <param name="first">One value per case.</param>
    /// <param name="second">One value per case, the same cases in the same order.</param>
    /// <exception cref="ArgumentException">The samples differ in length.</exception>
    public static SignedRank Greater(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} values are paired with {second.Count}.", nameof(second));
        }

        var sizes = new List<double>(first.Count);
        var signs = new List<int>(first.Count);
        for (var i = 0; i < first.Count; i++)
        {
            if (first[i] != second[i])
            {
                sizes.Add(Math.Abs(first[i] - second[i]));
                signs.Add(first[i] > second[i] ? 1 : 0);
            }
        }

        var ranks = new PooledRanks([.. sizes], [.. signs], samples: 2);
        var wPlus = ranks.Sums[1];
        var z = Standardise(wPlus, ranks.Count, ranks.Ties);
        return new SignedRank
        {
            N = first.Count,
            Zeros = first.Count - ranks.Count,
            WPlus = wPlus,
            Z = z,
            P = z is { } value ? Normal.UpperTail(value) : 1,
        };
    }

    /// <summary>The test of "the second is greater than the first", which needs no second look at the values.</summary>
    public SignedRank Reversed()
    {
        double m = N - Zeros;
        return this with
        {
            WPlus = m * (m + 1) / 2 - WPlus,
            Z = 0 - Z,
            P = Z is { } value ? Normal.UpperTail(-value) : 1,
        };
    }

    private static double? Standardise(double wPlus, double m, double ties) =>
        m == 0 ? null : (wPlus - m * (m + 1) / 4) / Math.Sqrt((m * (m + 1) * (2 * m + 1) - ties / 2) / 24);
}
