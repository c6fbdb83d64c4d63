namespace Touchstone.Leaderboard.Statistics;

/// <summary>A one-sided Wilcoxon signed-rank test of "the first is greater than the second" on paired values.</summary>
/// <remarks>
/// Wilcoxon (1945), https://doi.org/10.2307/3001968. Pairs that do not differ (by more than <see cref="Rounding"/>) are
/// dropped, and equal differences share their mean rank. Where at most <see cref="LargestExact"/> pairs differ, p is
/// exact: the share of all assignments of signs to these ranks, ties included, that give as large a sum. Above, it is
/// the normal approximation with tie correction and without continuity correction, SciPy's
/// <c>wilcoxon(mode="approx", correction=False, alternative="greater")</c>, which for few pairs promises more than the
/// best possible outcome can show: 0.0216 where five pairs of five give 1/32.
/// </remarks>
public sealed record SignedRank
{
    /// <summary>Largest number of differing pairs for which p is exact.</summary>
    public const int LargestExact = 14;

    /// <summary>Pairs compared, those without a difference included.</summary>
    public required int N { get; init; }

    /// <summary>Pairs without a difference.</summary>
    public required int Zeros { get; init; }

    /// <summary>Sum of the ranks of the pairs in which the first is greater.</summary>
    public required double WPlus { get; init; }

    /// <summary>Standardised statistic; null when no pair differs.</summary>
    public required double? Z { get; init; }

    /// <summary>p by the normal approximation; null when no pair differs.</summary>
    public required double? PAsymptotic { get; init; }

    /// <summary>Exact p; null for more pairs, and when no pair differs.</summary>
    public required double? PExact { get; init; }

    /// <summary>p of the one-sided test: the exact one where there is one; null when no pair differs.</summary>
    public double? P => PExact ?? PAsymptotic;

    /// <summary>Which of the two <see cref="P"/> is; null when there is none.</summary>
    public PMethod? Method => PExact is not null ? PMethod.Exact : PAsymptotic is not null ? PMethod.Approximation : null;

    /// <summary>Tests whether the first values tend to be greater than the second.</summary>
    /// <inheritdoc cref="Both"/>
    public static SignedRank Greater(IReadOnlyList<double> first, IReadOnlyList<double> second) => Both(first, second).Greater;

    /// <summary>The test and the one in the other direction, which needs no second look at the values.</summary>
    /// <param name="first">One value per case.</param>
    /// <param name="second">One value per case, the same cases in the same order.</param>
    /// <exception cref="ArgumentException">The samples differ in length.</exception>
    public static (SignedRank Greater, SignedRank Less) Both(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} values are paired with {second.Count}.", nameof(second));
        }

        var rounding = Math.Max(Rounding.Of([.. first]), Rounding.Of([.. second]));
        var sizes = new List<double>(first.Count);
        var signs = new List<int>(first.Count);
        for (var i = 0; i < first.Count; i++)
        {
            var difference = first[i] - second[i];
            if (Math.Abs(difference) > rounding)
            {
                sizes.Add(Math.Abs(difference));
                signs.Add(difference > 0 ? 1 : 0);
            }
        }

        // Few ranks are counted one by one, so that a tie missed by a last bit would show. Among many it is half a rank, and
        // the other programs that hold these numbers compare the bits.
        var isExact = sizes.Count is > 0 and <= LargestExact;
        var ranks = new PooledRanks([.. sizes], [.. signs], samples: 2, isExact ? rounding : 0);
        var (upper, lower) = isExact
            ? Tails(ranks.MidRanks(), ranks.Sums[1]) : ((double?)null, (double?)null);
        var z = Standardise(ranks.Sums[1], ranks.Count, ranks.Ties);
        SignedRank Of(double wPlus, double? standardised, double? exact) => new()
        {
            N = first.Count,
            Zeros = first.Count - ranks.Count,
            WPlus = wPlus,
            Z = standardised,
            PAsymptotic = standardised is { } value ? Normal.UpperTail(value) : null,
            PExact = exact,
        };
        return (Of(ranks.Sums[1], z, upper), Of(ranks.Sums[0], 0 - z, lower));
    }

    /// <summary>
    /// The shares of all assignments of signs in which the ranks with a plus sum up to at least, and to at most, a
    /// number.
    /// </summary>
    /// <param name="ranks">Ranks, halves among them; up to 62 of them.</param>
    /// <param name="wPlus">The number.</param>
    internal static (double Upper, double Lower) Tails(IReadOnlyList<double> ranks, double wPlus)
    {
        // Twice a mean rank is whole, so sums can be counted one by one: Streitberg and Röhmel (1986).
        int[] doubled = [.. ranks.Select(rank => (int)(2 * rank))];
        var counts = new long[doubled.Sum() + 1];
        counts[0] = 1;
        foreach (var rank in doubled)
        {
            for (var sum = counts.Length - 1; sum >= rank; sum--)
            {
                counts[sum] += counts[sum - rank];
            }
        }

        var (at, all) = ((int)(2 * wPlus), (double)(1L << doubled.Length));
        return (counts[at..].Sum() / all, counts[..(at + 1)].Sum() / all);
    }

    private static double? Standardise(double wPlus, double m, double ties) =>
        m == 0 ? null : (wPlus - m * (m + 1) / 4) / Math.Sqrt((m * (m + 1) * (2 * m + 1) - ties / 2) / 24);
}
