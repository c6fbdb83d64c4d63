using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>Compares every entry with every other one.</summary>
internal static class Pairs
{
    /// <summary>
    /// All ordered pairs, per metric, on case means over all cases; by metric, first and second entry.
    /// </summary>
    public static IReadOnlyList<Comparison> Compare(CountedScores scores) =>
        [.. Enum.GetValues<Metric>().SelectMany(metric => Compare(scores, metric))];

    private static IEnumerable<Comparison> Compare(CountedScores scores, Metric metric)
    {
        var target = new Target(scores, Scope.All, structure: null, metric);
        var entries = Enumerable.Range(0, scores.Entries.Count).ToArray();
        double?[][] means = [.. entries.Select(target.CaseMeans)];
        var ran = entries.Select(e => Ran(scores, e)).ToArray();
        var pairs = (from a in entries from b in entries where a != b select (a, b)).ToArray();
        var tests = pairs.Select(pair => Test(means[pair.a], means[pair.b])).ToArray();
        var adjusted = Holm.Adjust([.. tests.Select(test => test.P)]);
        return pairs.Select((pair, i) => new Comparison
        {
            Metric = metric,
            First = scores.Entries[pair.a].Id,
            Second = scores.Entries[pair.b].Id,
            Test = tests[i],
            PHolm = adjusted[i],
            SameCases = ran[pair.a].SequenceEqual(ran[pair.b]),
        });
    }

    /// <summary>
    /// Both arrays are indexed by case, so a position is a case id and pairs cannot be of different cases.
    /// </summary>
    private static SignedRank Test(double?[] first, double?[] second)
    {
        var both = first.Zip(second).Where(pair => pair.First is not null && pair.Second is not null).ToArray();
        return SignedRank.Greater(
            [.. both.Select(pair => pair.First!.Value)], [.. both.Select(pair => pair.Second!.Value)]);
    }

    private static bool[] Ran(CountedScores scores, int entry) =>
        [.. scores.Cases.Select(one => scores.Result(scores.Entries[entry], one) is not null)];
}
