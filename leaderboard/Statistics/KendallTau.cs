namespace Touchstone.Leaderboard.Statistics;

/// <summary>Agreement of two rankings.</summary>
public static class KendallTau
{
    /// <summary>
    /// Kendall's τ-b: 1 for the same order, −1 for the reverse, corrected for ties; null below two entries that both
    /// rank, or when one of the two ranks all of them the same.
    /// </summary>
    /// <param name="first">One rank per entry; null is unranked.</param>
    /// <param name="second">One rank per entry, in the same order of entries.</param>
    /// <remarks>Kendall (1945), https://doi.org/10.2307/2332303; SciPy's <c>kendalltau</c>.</remarks>
    /// <exception cref="ArgumentException">The rankings differ in length.</exception>
    public static double? Of(IReadOnlyList<double?> first, IReadOnlyList<double?> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} ranks against {second.Count}.", nameof(second));
        }

        var both = first.Zip(second).Where(pair => pair.First is not null && pair.Second is not null)
            .Select(pair => (X: pair.First!.Value, Y: pair.Second!.Value)).ToArray();
        long concordance = 0, untiedX = 0, untiedY = 0;
        for (var i = 0; i < both.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (x, y) = (both[i].X.CompareTo(both[j].X), both[i].Y.CompareTo(both[j].Y));
                concordance += x * y;
                untiedX += x * x;
                untiedY += y * y;
            }
        }

        return untiedX == 0 || untiedY == 0 ? null : concordance / Math.Sqrt(untiedX) / Math.Sqrt(untiedY);
    }
}
