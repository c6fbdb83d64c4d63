using System.Globalization;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>Scores by groups of cases that share the value of a metadata column.</summary>
internal static class Subgroups
{
    // More different numbers than this are put into ranges of ten.
    private const int MostNumbers = 12;

    /// <summary>Resamples of the interval of the mean over entries, at most.</summary>
    public const int FieldResamples = 2000;

    /// <summary>Per column and metric, over all cases; columns by name, rows in entry order.</summary>
    public static IReadOnlyList<SubgroupTable> Of(CountedScores scores, RankingOptions options)
    {
        int[] structures = [.. Enumerable.Range(0, scores.Structures.Count)];
        var attributes = scores.Cases.Where(one => one.Dataset.TellsMetadata).SelectMany(one => one.Case.Metadata.Keys).Distinct().Order(StringComparer.Ordinal);
        return [.. (from attribute in attributes from metric in Enum.GetValues<Metric>() select (attribute, metric))
            .AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads ?? Environment.ProcessorCount)
            .Select(one => Of(scores, new Target(scores, Scope.All, structures, one.metric), one.attribute, one.metric, options))];
    }

    /// <summary>
    /// The groups that the values of a column form, with the positions of their cases; cases without a value are in
    /// none. Numbers are in ascending order, and of more than twelve different ones each ten make a range; the first
    /// range of an <c>age</c> column with adults is 18-29. Words are in ordinal order.
    /// </summary>
    public static IReadOnlyList<(string Name, int[] Cases)> Groups(string attribute, IReadOnlyList<string?> values)
    {
        var known = Enumerable.Range(0, values.Count).Where(c => values[c] is not null).ToArray();
        var numbers = known.Select(c => Number(values[c]!)).ToArray();
        if (numbers.Any(number => number is null))
        {
            return [.. known.GroupBy(c => values[c]!).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.ToArray()))];
        }

        var isRange = numbers.Distinct().Count() > MostNumbers;
        return [.. known.Zip(numbers, (c, number) => (Case: c, Range: isRange ? Range(attribute, number!.Value) : (number!.Value, number.Value)))
            .GroupBy(one => one.Range).OrderBy(group => group.Key.Item1)
            .Select(group => (Name(group.Key, isRange), group.Select(one => one.Case).ToArray()))];
    }

    private static SubgroupTable Of(
        CountedScores scores, Target target, string attribute, Metric metric, RankingOptions options)
    {
        string?[] values =
        [
            .. target.Cases.Select(c => scores.Cases[c] is { Dataset.TellsMetadata: true, Case: var one } ? one.Metadata.GetValueOrDefault(attribute) : null),
        ];
        var groups = Groups(attribute, values);
        var cut = groups.Select(group => new Subgroup(
            group.Name, group.Cases.Length, group.Cases.Length >= options.SmallestGroup)).ToArray();
        double?[][] means = [.. scores.Entries.Select((_, e) => target.CaseMeans(e))];
        SubgroupRow[] rows = [.. scores.Entries.Select((entry, e) => Row(
            entry.Id, cut, [.. groups.Select(group => group.Cases.Select(c => means[e][c]).OfType<double>().ToArray())],
            options.SmallestGroup))];
        var adjusted = new Queue<double?>(
            Holm.AdjustWhereDefined([.. rows.Select(row => row.Test).OfType<KruskalWallis>().Select(test => test.P)]));
        return new SubgroupTable
        {
            Attribute = attribute,
            Metric = metric,
            UnknownCases = values.Count(value => value is null),
            Groups = cut,
            FieldIntervals = [.. groups.Select((group, g) => FieldInterval(
                [.. rows.Index().Where(row => row.Item.Scores[g] is not null).Select(row => means[row.Index])],
                group.Cases, g, options))],
            Rows = [.. rows.Select(row => row.Test is null ? row : row with { PHolm = adjusted.Dequeue() })],
        };
    }

    // Cases are drawn, not entries: the field is who it is.
    private static Interval? FieldInterval(double?[][] entries, int[] cases, int stream, RankingOptions options)
    {
        if (entries.Length == 0)
        {
            return null;
        }

        var drawn = Resamples.Draw(
            [.. entries.Select(means => cases.Select(c => means[c]).ToArray())], cases.Length,
            Math.Min(FieldResamples, options.Resamples), options.Seed, stream, threads: 1);
        int[] all = [.. Enumerable.Range(0, entries.Length)];
        return Resamples.Percentile(drawn.MacroMeans(all, [.. all.Select(_ => 1.0)]), options.Level);
    }

    /// <summary>One entry by groups; a group of which too few values count is left out like a small one.</summary>
    public static SubgroupRow Row(
        string entry, IReadOnlyList<Subgroup> groups, IReadOnlyList<double[]> values, int smallest)
    {
        int[] used = [.. Enumerable.Range(0, groups.Count)
            .Where(g => groups[g].IsLargeEnough && values[g].Length >= smallest)];
        var pairs = (from a in used from b in used where a < b select (a, b)).ToArray();
        var tests = pairs.Select(pair => MannWhitney.Test(values[pair.a], values[pair.b])).ToArray();
        var adjusted = Holm.AdjustWhereDefined([.. tests.Select(test => test.P)]);
        int? worst = used.Length == 0 ? null : used.MinBy(g => Describe.Mean(values[g]));
        return new SubgroupRow
        {
            Entry = entry,
            Scores = [.. groups.Select((_, g) => !used.Contains(g) ? null : new SubgroupScore(
                values[g].Length, Describe.Mean(values[g])!.Value, Describe.StandardDeviation(values[g]),
                Describe.Median(values[g])!.Value))],
            WorstGroup = worst is { } w ? groups[w].Name : null,
            WorstMean = worst is { } lowest ? Describe.Mean(values[lowest]) : null,
            Test = used.Length < 2 ? null : KruskalWallis.Test([.. used.Select(g => values[g])]),
            PHolm = null,
            Pairs = [.. pairs.Select((pair, i) => new SubgroupPair(
                groups[pair.a].Name, groups[pair.b].Name, tests[i], adjusted[i]))],
        };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static (double Low, double High) Range(string attribute, double number)
    {
        var low = Math.Floor(number / 10) * 10;
        return attribute != "age" || number is < 10 or >= 30 ? (low, low + 9)
            : number < 18 ? (10, 17)
            : (18, 29);
    }

    private static string Name((double Low, double High) range, bool isRange) => isRange
        ? string.Create(CultureInfo.InvariantCulture, $"{range.Low}-{range.High}")
        : range.Low.ToString("R", CultureInfo.InvariantCulture);
}
