using MathNet.Numerics;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>Student's t distribution.</summary>
public static class Student
{
    /// <summary>P(|T| ≥ |t|), as a tail of its own, so that it stays exact where it is tiny.</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">Above 0, whole or not.</param>
    /// <remarks>Abramowitz and Stegun (1964), 26.7.1: the regularised incomplete beta function.</remarks>
    public static double TwoSidedTail(double t, double degreesOfFreedom) =>
        double.IsInfinity(t)
            ? 0
            : SpecialFunctions.BetaRegularized(
                degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));
}
