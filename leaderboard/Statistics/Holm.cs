namespace Touchstone.Leaderboard.Statistics;

/// <summary>Correction of p-values for testing many hypotheses at once.</summary>
public static class Holm
{
    /// <summary>
    /// Step-down adjusted p-values, which bound the chance of any false rejection in the family; at most 1.
    /// </summary>
    /// <param name="pValues">The whole family, in any order.</param>
    /// <returns>Adjusted values in the order of <paramref name="pValues"/>.</returns>
    /// <remarks>Holm (1979), https://www.jstor.org/stable/4615733.</remarks>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        var position = 0;
        foreach (var index in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            largest = Math.Max(largest, (pValues.Count - position) * pValues[index]);
            adjusted[index] = Math.Min(1, largest);
            position++;
        }

        return adjusted;
    }

    /// <summary>
    /// The same of a family in which some p are undefined: these stay undefined, and count as hypotheses that cannot be
    /// rejected, so that nobody's p gets smaller by them.
    /// </summary>
    /// <param name="pValues">The whole family, in any order; null is undefined.</param>
    public static double?[] AdjustWhereDefined(IReadOnlyList<double?> pValues) =>
        [.. Adjust([.. pValues.Select(p => p ?? 1)]).Zip(pValues, (adjusted, p) => p is null ? (double?)null : adjusted)];
}
