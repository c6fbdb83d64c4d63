using MathNet.Numerics;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>The chi-squared distribution.</summary>
public static class ChiSquared
{
    /// <summary>P(X ≥ x), as an upper tail of its own.</summary>
    /// <param name="x">The statistic; 0 or more.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <remarks>Abramowitz and Stegun (1964), 26.4.19: the regularised upper incomplete gamma function.</remarks>
    public static double UpperTail(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);
}
