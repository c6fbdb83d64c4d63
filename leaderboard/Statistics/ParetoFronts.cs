namespace Touchstone.Leaderboard.Statistics;

/// <summary>Fronts of entries that are judged by two things at once.</summary>
public static class ParetoFronts
{
    /// <summary>
    /// The front that each entry is on: 1 for whoever no rival beats, 2 for whoever is beaten only by those on front 1,
    /// and so on. One entry beats another when it is as good in both things and better in one.
    /// </summary>
    /// <param name="values">Per entry, a score (higher is better) and a cost (lower is better).</param>
    /// <param name="isRival">Per entry, whether it can beat others.</param>
    /// <returns>The fronts; null for an entry that lacks one of its two values.</returns>
    /// <remarks>Deb et al. (2002), https://doi.org/10.1109/4235.996017: non-dominated sorting.</remarks>
    public static double?[] Of(IReadOnlyList<(double? Score, double? Cost)> values, IReadOnlyList<bool> isRival)
    {
        // Places instead of numbers: values that are equal within rounding have the same one.
        bool[] everybody = [.. values.Select(_ => true)];
        var byScore = Ranks.Among([.. values.Select(value => value.Score)], everybody);
        var byCost = Ranks.Among([.. values.Select(value => value.Cost)], everybody, higherIsBetter: false);
        (int? Score, int? Cost)[] places = [.. byScore.Zip(byCost)];
        var fronts = new double?[values.Count];

        // Whoever beats an entry is before it in this order, so that one pass is enough.
        foreach (var e in Enumerable.Range(0, values.Count).Where(e => places[e] is ({ }, { }))
            .OrderBy(e => places[e].Score).ThenBy(e => places[e].Cost))
        {
            fronts[e] = 1 + (Enumerable.Range(0, values.Count)
                .Where(other => isRival[other] && fronts[other] is not null && Beats(places[other], places[e]))
                .Max(other => fronts[other]) ?? 0);
        }

        return fronts;
    }

    private static bool Beats((int? Score, int? Cost) first, (int? Score, int? Cost) second) =>
        first.Score <= second.Score && first.Cost <= second.Cost && first != second;
}
