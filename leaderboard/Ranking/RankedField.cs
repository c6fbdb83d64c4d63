using System.Numerics;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Who is ranked among whom. A baseline has the rank that it would have and moves nobody down; an entry that was
/// trained on cases of the scope has no rank there and moves nobody either. Where entries are compared with each other (ranks
/// within cases, wins), those of one team are no rivals of each other, and of every other team its best by mean DSC alone counts:
/// no team is lifted or pushed down by how many entries somebody sends. Imported methods are teams of their own.
/// </summary>
internal sealed class RankedField
{
    private readonly bool[] _isContaminated;
    private readonly bool[] _isRival;
    private readonly bool[] _isFirst;
    private readonly int[] _firstOfTeam;

    /// <summary>The field of a scope.</summary>
    public RankedField(CountedScores scores, Scope scope)
    {
        _isContaminated = [.. scores.Entries.Select(entry => scores.Contest.Datasets.Any(dataset =>
            IsContaminated(entry, dataset)
            && scores.Cases.Any(one => one.Dataset.Id == dataset.Id && one.IsIn(scope))))];
        _isRival = [.. scores.Entries.Select((entry, e) => !entry.IsBaseline && !_isContaminated[e])];
        _firstOfTeam = FirstOfTeam(scores, scope, _isRival);
        _isFirst = [.. _firstOfTeam.Select((first, e) => first == e && _isRival[e])];
    }

    /// <summary>Whether an entry is compared with another one: that is a rival, another team's, and the best of it.</summary>
    /// <param name="entry">Position of the entry.</param>
    /// <param name="other">Position of the other one.</param>
    public bool IsCompared(int entry, int other) => _isFirst[other] && _firstOfTeam[entry] != other && entry != other;

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
    public double?[] MidRank(IReadOnlyList<double?> values)
    {
        var ranks = Ranks.MidAmong(values, _isFirst);
        for (var e = 0; e < ranks.Length; e++)
        {
            // Its own team's best was counted as a rival.
            if (_firstOfTeam[e] is var first && first != e && _isFirst[first] && values[e] is { } own && values[first] is { } best)
            {
                ranks[e] -= Rounding.IsGreater(best, own) ? 1 : Rounding.IsGreater(own, best) ? 0 : 0.5;
            }
        }

        return ranks;
    }

    /// <summary>Per entry, the position of its team's best rival by mean DSC, the older one of two alike; its own where it stands alone.</summary>
    private static int[] FirstOfTeam(CountedScores scores, Scope scope, bool[] isRival)
    {
        int[] alone = [.. Enumerable.Range(0, scores.Entries.Count)];
        if (scores.Contest.Rules.EntriesOfTeam == EntriesOfTeam.Each)
        {
            return alone;
        }

        var teams = alone.Where(e => scores.Entries[e] is { Origin: EntryOrigin.Measured, IsBaseline: false })
            .GroupBy(e => scores.Entries[e].Team, StringComparer.Ordinal).Where(team => team.Count() > 1).ToArray();
        if (teams.Length == 0)
        {
            return alone;
        }

        var target = new Target(scores, scope, [.. Enumerable.Range(0, scores.Structures.Count)], Metric.Dsc);
        int[] first = [.. alone];
        foreach (var team in teams)
        {
            var best = team.Where(e => isRival[e]).OrderByDescending(e => target.MacroMean(e) ?? -1)
                .ThenBy(e => scores.Entries[e].ReceivedAt).ThenBy(e => scores.Entries[e].Id, StringComparer.Ordinal).Cast<int?>().FirstOrDefault();
            foreach (var e in team)
            {
                first[e] = best ?? e;
            }
        }

        return first;
    }

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
