using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// FLARE's scheme: within each case the entries are ranked by DSC, by NSD, by seconds and by the area of GPU memory
/// above 2048 MB (equal values share their mean rank), and the ranks are averaged, the two resources with half weight.
/// A case that was not done, or not in time, has DSC 0, NSD 0, 3600 seconds and the worst GPU memory.
/// </summary>
/// <remarks>
/// Ma et al., The FLARE22 Challenge (2024), https://doi.org/10.1016/S2589-7500(24)00154-7. A resource that nobody's
/// results tell about is left out for all.
/// </remarks>
internal sealed class FlareRanks(CountedScores scores, RankedField field)
{
    private const double StuckSeconds = 3600;

    private readonly ExpectedCase[] _cases = [.. scores.Cases.Where((one, c) =>
        scores.Entries.Any(entry => scores.HasArrived(entry, one))
        && Enumerable.Range(0, scores.Structures.Count).Any(s => scores.IsAnnotated(c, s)))];

    /// <summary>Per entry, the mean rank; lower is better, null for an entry that lacks one of the metrics.</summary>
    public double?[] MeanRanks()
    {
        var isCounted = _cases.ToHashSet();
        (double Weight, double?[][] PerEntry)[] metrics =
        [
            (1, Accuracy(Metric.Dsc, isCounted)),
            (1, Accuracy(Metric.Nsd, isCounted)),
            (0.5, Resource(result => result.Ending == Ending.Completed ? Runs.RankedSeconds(result) : StuckSeconds, StuckSeconds)),
            (0.5, Resource(result => result.Ending == Ending.Completed ? Gpu(result) : double.MaxValue, double.MaxValue)),
        ];
        var told = metrics.Where(metric => metric.PerEntry.Any(values => values.All(value => value is not null))).ToArray();
        if (told.Length < 2 || _cases.Length == 0)
        {
            return new double?[scores.Entries.Count];
        }

        var ranks = told.Select(metric => MeanRank(metric.PerEntry)).ToArray();
        var total = told.Sum(metric => metric.Weight);
        return [.. scores.Entries.Select((_, e) => told.Select((metric, m) => metric.Weight * ranks[m][e])
            .Aggregate((double?)0, (sum, rank) => sum + rank) / total)];
    }

    private double?[][] Accuracy(Metric metric, HashSet<ExpectedCase> isCounted)
    {
        var target = new Target(scores, Scope.All, [.. Enumerable.Range(0, scores.Structures.Count)], metric);
        int[] wanted = [.. Enumerable.Range(0, target.Cases.Count)
            .Where(i => isCounted.Contains(scores.Cases[target.Cases[i]]))];
        return [.. scores.Entries.Select((_, e) => target.CaseMeans(e)).Select(means => wanted
            .Select(i => means[i]).ToArray())];
    }

    /// <summary>Negated, so that more is better for every metric.</summary>
    private double?[][] Resource(Func<CaseResult, double?> use, double stuck) =>
        [.. scores.Entries.Select(entry => _cases.Select(one =>
            scores.Result(entry, one) is { } result ? -use(result)
            : scores.HasArrived(entry, one) || entry.Origin == EntryOrigin.Imported ? null
            : -stuck).ToArray())];

    private static double? Gpu(CaseResult result) =>
        result.Limits.Gpu ? Runs.PerCase(result, result.Gpu?.AreaAboveToleranceMibSeconds) : 0;

    private double?[] MeanRank(double?[][] perEntry)
    {
        var sums = new double?[perEntry.Length];
        Array.Fill(sums, 0);
        for (var c = 0; c < perEntry[0].Length; c++)
        {
            var ranks = field.MidRank([.. perEntry.Select(values => values[c])]);
            for (var e = 0; e < sums.Length; e++)
            {
                sums[e] += ranks[e];
            }
        }

        return [.. sums.Select(sum => sum / perEntry[0].Length)];
    }
}
