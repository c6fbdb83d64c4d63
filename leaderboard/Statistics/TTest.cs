namespace Touchstone.Leaderboard.Statistics;

/// <summary>A sample as papers report it.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Sd">Standard deviation with n − 1 in the denominator; 0 or more.</param>
/// <param name="N">Values; at least 2.</param>
public readonly record struct SampleSummary(double Mean, double Sd, int N);

/// <summary>
/// An independent two-sample t-test of "the means differ", from means, standard deviations and numbers of values alone.
/// </summary>
public sealed record TTest
{
    /// <summary>
    /// The statistic, positive when the first mean is greater; null when neither sample has a spread beyond
    /// <see cref="Rounding"/>: a difference cannot be measured in standard errors of nothing.
    /// </summary>
    public required double? T { get; init; }

    /// <summary>Degrees of freedom; null like <see cref="T"/>.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>Two-sided p; null like <see cref="T"/>.</summary>
    public required double? P { get; init; }

    /// <summary>With one variance for both (Student), n₁ + n₂ − 2 degrees of freedom.</summary>
    /// <param name="first">A sample.</param>
    /// <param name="second">A sample independent of it.</param>
    /// <remarks>Student (1908), https://doi.org/10.2307/2331554; SciPy's <c>ttest_ind_from_stats</c>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A sample has fewer than two values or a negative spread.
    /// </exception>
    public static TTest Pooled(SampleSummary first, SampleSummary second)
    {
        Check(first, nameof(first));
        Check(second, nameof(second));
        double df = first.N + second.N - 2;
        var variance = ((first.N - 1) * first.Sd * first.Sd + (second.N - 1) * second.Sd * second.Sd) / df;
        return Make(first, second, Math.Sqrt(variance * (1.0 / first.N + 1.0 / second.N)), df);
    }

    /// <summary>With a variance of each (Welch), degrees of freedom after Satterthwaite.</summary>
    /// <param name="first">A sample.</param>
    /// <param name="second">A sample independent of it.</param>
    /// <remarks>
    /// Welch (1947), https://doi.org/10.2307/2332510; SciPy's <c>ttest_ind_from_stats(equal_var=False)</c>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A sample has fewer than two values or a negative spread.
    /// </exception>
    public static TTest Welch(SampleSummary first, SampleSummary second)
    {
        Check(first, nameof(first));
        Check(second, nameof(second));
        var (a, b) = (first.Sd * first.Sd / first.N, second.Sd * second.Sd / second.N);
        var df = (a + b) * (a + b) / (a * a / (first.N - 1) + b * b / (second.N - 1));
        return Make(first, second, Math.Sqrt(a + b), df);
    }

    private static TTest Make(SampleSummary first, SampleSummary second, double standardError, double degreesOfFreedom)
    {
        if (standardError <= Rounding.Share * Math.Max(Math.Abs(first.Mean), Math.Abs(second.Mean)))
        {
            return new TTest { T = null, DegreesOfFreedom = null, P = null };
        }

        var t = (first.Mean - second.Mean) / standardError;
        return new TTest { T = t, DegreesOfFreedom = degreesOfFreedom, P = Student.TwoSidedTail(t, degreesOfFreedom) };
    }

    private static void Check(SampleSummary sample, string name)
    {
        if (sample.N < 2 || sample.Sd is not >= 0)
        {
            throw new ArgumentOutOfRangeException(name, sample, "A t-test needs two values and a spread of 0 or more.");
        }
    }
}
