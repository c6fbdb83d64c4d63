using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Who is ranked among whom. A baseline has the rank that it would have and moves nobody down; an entry that was
/// trained on cases of the scope has no rank there and moves nobody either.
/// </summary>
internal sealed class RankedField
{
    private readonly bool[] _isContaminated;
    private readonly bool[] _isRival;

    /// <summary>The field of a scope.</summary>
    public RankedField(CountedScores scores, Scope scope)
    {
        _isContaminated = [.. scores.Entries.Select(entry => scores.Contest.Datasets.Any(dataset =>
            IsContaminated(entry, dataset)
            && scores.Cases.Any(one => one.Dataset.Id == dataset.Id && one.IsIn(scope))))];
        _isRival = [.. scores.Entries.Select((entry, e) => !entry.IsBaseline && !_isContaminated[e])];
    }

    /// <summary>Per entry, whether it counts as a rival of the others.</summary>
    public IReadOnlyList<bool> IsRival => _isRival;

    /// <summary>
    /// Whether an entry says that it was trained on a dataset, on what contains it or on what it contains.
    /// </summary>
    public static bool IsContaminated(Entry entry, ContestDataset dataset) =>
        entry.TrainedOn is { } trained && trained.Intersect(dataset.Overlaps, StringComparer.Ordinal).Any();

    /// <summary>Ranks values; null is unranked, and so is a contaminated entry.</summary>
    public int?[] Rank(IReadOnlyList<double?> values, bool higherIsBetter = true) =>
        Ranks.Among([.. values.Select((value, e) => _isContaminated[e] ? null : value)], _isRival, higherIsBetter);

    /// <summary>Mean ranks within one case, for every entry.</summary>
    public double?[] MidRank(IReadOnlyList<double?> values) => Ranks.MidAmong(values, _isRival);

    /// <summary>How often each entry had which rank over resamples.</summary>
    /// <param name="resampled">Per entry, the statistic in each resample; NaN is unranked.</param>
    public RankCounts[] Count(IReadOnlyList<double[]> resampled)
    {
        var counts = resampled.Select(_ => new int[resampled.Count + 1]).ToArray();
        int[] rivals = [.. Enumerable.Range(0, resampled.Count).Where(e => _isRival[e])];
        for (var e = 0; e < resampled.Count; e++)
        {
            for (var i = 0; i < resampled[e].Length && !_isContaminated[e]; i++)
            {
                var own = resampled[e][i];
                var better = 0;
                foreach (var rival in rivals)
                {
                    better += resampled[rival][i] > own ? 1 : 0;
                }

                if (!double.IsNaN(own))
                {
                    counts[e][better]++;
                }
            }
        }

        return [.. counts.Select(one => new RankCounts(one))];
    }
}
