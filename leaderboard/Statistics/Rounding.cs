namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// What is left of equal numbers after they were summed in different orders. Nothing here may be decided by it: values
/// that are no further apart are equal in tests and ranks.
/// </summary>
/// <remarks>
/// A mean of a million scores is off by some 1e-13 of its size, and no score is measured to 1e-12, so the limit lies
/// between the two. (R's <c>t.test</c> calls data constant below 10 × 2.2e-16 of the means, which a mean of some
/// thousand scores exceeds.)
/// </remarks>
internal static class Rounding
{
    /// <summary>The limit, as a share of the larger of two sizes.</summary>
    public const double Share = 1e-12;

    /// <summary>Whether a value is greater than another by more than rounding. False where one of them is NaN.</summary>
    /// <param name="value">The value; not infinite.</param>
    /// <param name="other">The other; not infinite.</param>
    public static bool IsGreater(double value, double other) =>
        value - other > Share * Math.Max(Math.Abs(value), Math.Abs(other));

    /// <summary>The difference, in the values' unit, below which values of a sample are equal.</summary>
    /// <param name="values">The sample, in any order.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return Share * largest;
    }
}
