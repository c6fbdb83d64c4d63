using System.Runtime.InteropServices;

namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Ranks among a field of rivals. Rank 1 is best; values that are equal within rounding share the better rank, and the next
/// rank is skipped ("1224").
/// </summary>
public static class Ranks
{
    /// <summary>
    /// The rank that each value has among the rivals: 1 + the rivals that are strictly better. A value that is no rival
    /// itself gets the rank that it would have, and moves nobody.
    /// </summary>
    /// <param name="values">One value per entry; null is unranked.</param>
    /// <param name="isRival">Per entry, whether it counts as a rival of the others.</param>
    /// <param name="higherIsBetter">Direction.</param>
    public static int?[] Among(IReadOnlyList<double?> values, IReadOnlyList<bool> isRival, bool higherIsBetter = true)
    {
        var ranks = new int?[values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } own)
            {
                continue;
            }

            var better = 0;
            for (var j = 0; j < values.Count; j++)
            {
                better += isRival[j] && values[j] is { } other
                    && (higherIsBetter ? Rounding.IsGreater(other, own) : Rounding.IsGreater(own, other)) ? 1 : 0;
            }

            ranks[i] = 1 + better;
        }

        return ranks;
    }

    /// <summary>
    /// The mean rank that each value has among the rivals: ties share the mean of the ranks that they take up together,
    /// so 1 + strictly better rivals + half of the other equal ones. Higher is better.
    /// </summary>
    /// <param name="values">One value per entry; null is unranked.</param>
    /// <param name="isRival">Per entry, whether it counts as a rival of the others.</param>
    public static double?[] MidAmong(IReadOnlyList<double?> values, IReadOnlyList<bool> isRival)
    {
        var rivals = new List<double>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            if (isRival[i] && values[i] is { } value)
            {
                rivals.Add(value);
            }
        }

        rivals.Sort();
        var ranks = new double?[values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } own)
            {
                var sorted = CollectionsMarshal.AsSpan(rivals);
                var (below, notAbove) = (CountBelow(sorted, own, isOwnIn: false), CountBelow(sorted, own, isOwnIn: true));
                var others = notAbove - below - (isRival[i] ? 1 : 0);
                ranks[i] = 1 + (sorted.Length - notAbove) + (0.5 * others);
            }
        }

        return ranks;
    }

    /// <summary>How many of some values in ascending order are below a value, or below it and equal to it.</summary>
    private static int CountBelow(ReadOnlySpan<double> sorted, double value, bool isOwnIn)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var isBefore = isOwnIn ? !Rounding.IsGreater(sorted[middle], value) : Rounding.IsGreater(value, sorted[middle]);
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
