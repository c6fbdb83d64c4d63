using MathNet.Numerics;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>
    /// P(Z ≥ z), as an upper tail of its own and not as 1 − Φ(z), so that it stays exact down to 1e-300.
    /// </summary>
    /// <param name="z">Standard deviations above the mean.</param>
    public static double UpperTail(double z) => 0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2));
}
