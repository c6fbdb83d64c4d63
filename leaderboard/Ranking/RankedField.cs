using System.Numerics;
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
        double[][] rivals = [.. resampled.Where((_, e) => _isRival[e])];
        for (var e = 0; e < resampled.Count; e++)
        {
            var own = resampled[e];
            var better = new long[_isContaminated[e] ? 0 : own.Length];
            foreach (var rival in rivals)
            {
                CountBetter(rival, own, better);
            }

            for (var i = 0; i < better.Length; i++)
            {
                counts[e][better[i]] += double.IsNaN(own[i]) ? 0 : 1;
            }
        }

        return [.. counts.Select(one => new RankCounts(one))];
    }

    /// <summary>
    /// Adds 1 wherever a rival is better by more than rounding; NaN is never better, nor is anything better than it.
    /// </summary>
    private static void CountBetter(double[] rival, double[] own, long[] better)
    {
        var i = 0;
        for (; i <= better.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            // A comparison is −1 in every lane where it is true. Means of scores are 0 or more.
            var limit = new Vector<double>(own, i) * (1 + Rounding.Share);
            var isBetter = Vector.GreaterThan(new Vector<double>(rival, i), limit);
            (new Vector<long>(better, i) - isBetter).CopyTo(better, i);
        }

        for (; i < better.Length; i++)
        {
            better[i] += rival[i] > own[i] * (1 + Rounding.Share) ? 1 : 0;
        }
    }
}
