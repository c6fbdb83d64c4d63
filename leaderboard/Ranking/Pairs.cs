using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>Compares every entry with every other one.</summary>
internal static class Pairs
{
    /// <summary>
    /// All ordered pairs, per metric, on case means over all cases; by metric, first and second entry.
    /// </summary>
    public static IReadOnlyList<Comparison> Compare(CountedScores scores, RankingOptions options) => Compare(
        scores, options, [(null, [.. Enumerable.Range(0, scores.Structures.Count)])]);

    /// <summary>The same on each structure alone; by structure, metric, first and second entry.</summary>
    public static IReadOnlyList<Comparison> CompareStructures(CountedScores scores, RankingOptions options) => Compare(
        scores, options, [.. scores.Structures.Select((name, s) => ((string?)name, new[] { s }))]);

    private static IReadOnlyList<Comparison> Compare(
        CountedScores scores, RankingOptions options, (string? Name, int[] Structures)[] cuts)
    {
        bool[][] ran = [.. scores.Entries.Select(entry => scores.Cases
            .Select(one => scores.HasArrived(entry, one)).ToArray())];
        bool[][] same = [.. ran.Select(first => ran.Select(second => first.AsSpan().SequenceEqual(second)).ToArray())];
        return [.. (from cut in cuts from metric in Enum.GetValues<Metric>() select (cut, metric))
            .AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads ?? Environment.ProcessorCount)
            .SelectMany(one => Compare(scores, one.cut.Name, one.cut.Structures, one.metric, same))];
    }

    private static IEnumerable<Comparison> Compare(
        CountedScores scores, string? name, int[] structures, Metric metric, bool[][] same)
    {
        var target = new Target(scores, Scope.All, structures, metric);
        var entries = Enumerable.Range(0, scores.Entries.Count).ToArray();
        double?[][] means = [.. entries.Select(target.CaseMeans)];
        var tests = new SignedRank[entries.Length, entries.Length];
        foreach (var a in entries)
        {
            foreach (var b in entries[(a + 1)..])
            {
                (tests[a, b], tests[b, a]) = Test(means[a], means[b]);
            }
        }

        var pairs = (from a in entries from b in entries where a != b select (a, b)).ToArray();
        var adjusted = Holm.AdjustWhereDefined([.. pairs.Select(pair => tests[pair.a, pair.b].P)]);
        return pairs.Select((pair, i) => new Comparison
        {
            Structure = name,
            Metric = metric,
            First = scores.Entries[pair.a].Id,
            Second = scores.Entries[pair.b].Id,
            Test = tests[pair.a, pair.b],
            PHolm = adjusted[i],
            SameCases = same[pair.a][pair.b],
        });
    }

    /// <summary>
    /// Both arrays are indexed by case, so a position is a case id and pairs cannot be of different cases.
    /// </summary>
    private static (SignedRank Greater, SignedRank Less) Test(double?[] first, double?[] second)
    {
        var (left, right) = (new List<double>(first.Length), new List<double>(first.Length));
        for (var c = 0; c < first.Length; c++)
        {
            if (first[c] is { } a && second[c] is { } b)
            {
                left.Add(a);
                right.Add(b);
            }
        }

        return SignedRank.Both(left, right);
    }
}
