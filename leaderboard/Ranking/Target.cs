using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// One table's numbers before they are ranked: the columns (structures) × the cases of a scope, for every entry.
/// </summary>
internal sealed class Target
{
    private readonly double?[][][] _columns;

    /// <summary>Cuts a table out of the scores.</summary>
    /// <param name="scores">All scores.</param>
    /// <param name="scope">The cases; of these, the ones where a wanted structure is annotated.</param>
    /// <param name="structure">Position of the structure; null for all of them.</param>
    /// <param name="metric">The metric.</param>
    public Target(CountedScores scores, Scope scope, int? structure, Metric metric)
    {
        int[] structures = structure is { } one ? [one] : [.. Enumerable.Range(0, scores.Structures.Count)];
        Cases = [.. Enumerable.Range(0, scores.Cases.Count).Where(c =>
            scores.Cases[c].IsIn(scope) && structures.Any(s => scores.IsAnnotated(c, s)))];
        _columns = [.. Enumerable.Range(0, scores.Entries.Count).Select(e => structures
            .Select(s => Cases.Select(c => scores.Value(e, metric, s, c)).ToArray()).ToArray())];
    }

    /// <summary>Positions of the cases that count.</summary>
    public IReadOnlyList<int> Cases { get; }

    /// <summary>Entries in it.</summary>
    public int Entries => _columns.Length;

    /// <summary>The columns of an entry: one array per structure, one value per case.</summary>
    public IReadOnlyList<double?[]> Columns(int entry) => _columns[entry];

    /// <summary>The mean over the structures' means over cases; null when there is no value at all.</summary>
    public double? MacroMean(int entry) => Describe.Mean([.. Columns(entry)
        .Select(column => Describe.Mean([.. column.OfType<double>()])).OfType<double>()]);

    /// <summary>Per case, the mean over its structures; null for a case without a value.</summary>
    public double?[] CaseMeans(int entry) => [.. Enumerable.Range(0, Cases.Count).Select(c =>
        Describe.Mean([.. Columns(entry).Select(column => column[c]).OfType<double>()]))];

    /// <summary>Per entry, the mean of the rank within each case, averaged over the structures.</summary>
    /// <param name="isRival">Per entry, whether it counts as a rival of the others.</param>
    public double?[] MeanRanks(IReadOnlyList<bool> isRival)
    {
        var perStructure = Enumerable.Range(0, _columns.Length).Select(_ => new List<double>()).ToArray();
        for (var s = 0; _columns.Length > 0 && s < _columns[0].Length; s++)
        {
            var sums = new double[_columns.Length];
            var counts = new int[_columns.Length];
            for (var c = 0; c < Cases.Count; c++)
            {
                var ranks = Ranks.MidAmong([.. _columns.Select(columns => columns[s][c])], isRival);
                for (var e = 0; e < ranks.Length; e++)
                {
                    sums[e] += ranks[e] ?? 0;
                    counts[e] += ranks[e] is null ? 0 : 1;
                }
            }

            for (var e = 0; e < sums.Length; e++)
            {
                if (counts[e] > 0)
                {
                    perStructure[e].Add(sums[e] / counts[e]);
                }
            }
        }

        return [.. perStructure.Select(ranks => Describe.Mean([.. ranks]))];
    }
}
