using System.Runtime.CompilerServices;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Quantiles of many values without sorting them all: two of ten thousand values are wanted, thousands of times.
/// </summary>
/// <remarks>Hoare (1961), https://doi.org/10.1145/366622.366647 (Find), with the median of three as pivot.</remarks>
internal static class Selection
{
    /// <summary>The same number as <see cref="Describe.Quantile"/>; reorders the values.</summary>
    /// <param name="values">At least one value, none of them NaN.</param>
    /// <param name="probability">p in [0, 1].</param>
    public static double Quantile(Span<double> values, double probability)
    {
        var h = (values.Length - 1) * probability;
        var below = (int)h;
        Partition(values, below);
        var low = values[below];
        if (below == values.Length - 1)
        {
            return low;
        }

        var high = double.PositiveInfinity;
        foreach (var value in values[(below + 1)..])
        {
            high = Math.Min(high, value);
        }

        return low + (h - below) * (high - low);
    }

    /// <summary>
    /// Puts the value that sorting would put at a position there, nothing greater before it and nothing less after it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one call is long, so it must not start unoptimised
    private static void Partition(Span<double> values, int position)
    {
        var (first, last) = (0, values.Length - 1);
        while (first < last)
        {
            var pivot = MedianOfThree(values[first], values[first + (last - first) / 2], values[last]);
            var (i, j) = (first, last);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            (first, last) = position <= j ? (first, j) : position >= i ? (i, last) : (position, position);
        }
    }

    private static double MedianOfThree(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
