namespace Touchstone.Leaderboard.Statistics;

/// <summary>A two-sided Mann-Whitney U test of "one of two independent samples tends to be greater".</summary>
/// <remarks>
/// Mann and Whitney (1947), https://doi.org/10.1214/aoms/1177730491. p is the normal approximation with tie correction
/// and a continuity correction of 0.5; where the smaller sample has at most <see cref="LargestExact"/> values and no
/// two values are equal, the exact p is given as well and used. Both agree with SciPy's <c>mannwhitneyu</c>. Values that
/// differ by no more than <see cref="Rounding"/> are equal.
/// </remarks>
public sealed record MannWhitney
{
    /// <summary>Largest size of the smaller sample for which p is exact.</summary>
    public const int LargestExact = 8;

    // Counts of orderings stay below 2^127 up to here: C(2000, 8) is about 6e21.
    private const int LargestExactTotal = 2000;

    /// <summary>Pairs in which the first sample's value is greater, equal ones counting half.</summary>
    public required double U { get; init; }

    /// <summary>p by the normal approximation; null when all values are equal: there is nothing to test.</summary>
    public required double? PAsymptotic { get; init; }

    /// <summary>Exact p; null for larger samples or with equal values.</summary>
    public required double? PExact { get; init; }

    /// <summary>The exact p where there is one, else the approximate one; null when all values are equal.</summary>
    public double? P => PExact ?? PAsymptotic;

    /// <summary>Which of the two <see cref="P"/> is; null when there is none.</summary>
    public PMethod? Method => PExact is not null ? PMethod.Exact : PAsymptotic is not null ? PMethod.Approximation : null;

    /// <summary>Tests whether two samples differ.</summary>
    /// <param name="first">A sample of one value or more.</param>
    /// <param name="second">A sample of one value or more, independent of it.</param>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static MannWhitney Test(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            throw new ArgumentException($"Samples of {first.Count} and {second.Count} values.", nameof(first));
        }

        var ranks = new PooledRanks([first, second]);
        var u = ranks.Sums[0] - first.Count * (first.Count + 1.0) / 2;
        var isExact = ranks.Ties == 0 && Math.Min(first.Count, second.Count) <= LargestExact
            && ranks.Count <= LargestExactTotal;
        return new MannWhitney
        {
            U = u,
            PAsymptotic = Asymptotic(u, first.Count, second.Count, ranks.Ties),
            PExact = isExact ? Exact((int)u, first.Count, second.Count) : null,
        };
    }

    private static double? Asymptotic(double u, double n1, double n2, double ties)
    {
        var n = n1 + n2;
        var variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)));
        if (variance <= 0)
        {
            return null;
        }

        var z = (Math.Max(u, n1 * n2 - u) - n1 * n2 / 2 - 0.5) / Math.Sqrt(variance);
        return Math.Min(1, 2 * Normal.UpperTail(z));
    }

    /// <summary>Twice the tail of the number of orderings at least as extreme, at most 1.</summary>
    private static double Exact(int u, int n1, int n2)
    {
        var orderings = Orderings(Math.Min(n1, n2), Math.Max(n1, n2));
        var extreme = Math.Max(u, n1 * n2 - u);
        Int128 tail = 0, all = 0;
        for (var i = 0; i < orderings.Length; i++)
        {
            all += orderings[i];
            tail += i >= extreme ? orderings[i] : 0;
        }

        return Math.Min(1, 2 * ((double)tail / (double)all));
    }

    /// <summary>
    /// How many orderings of two samples have each U: the coefficients of the Gaussian binomial, built up factor by
    /// factor, (1 − q^(n₂+i)) / (1 − q^i).
    /// </summary>
    private static Int128[] Orderings(int smaller, int larger)
    {
        var counts = new Int128[smaller * larger + 1];
        counts[0] = 1;
        for (var i = 1; i <= smaller; i++)
        {
            for (var u = counts.Length - 1; u >= larger + i; u--)
            {
                counts[u] -= counts[u - larger - i];
            }

            for (var u = i; u < counts.Length; u++)
            {
                counts[u] += counts[u - i];
            }
        }

        return counts;
    }
}
