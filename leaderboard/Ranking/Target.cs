namespace Touchstone.Leaderboard;

/// <summary>
/// One table's numbers before they are ranked: the columns (structures) × the cases of a scope, for every entry. A view:
/// a copy of a large board's scores for every table would be most of the memory.
/// </summary>
internal sealed class Target
{
    private readonly CountedScores _scores;
    private readonly int[] _structures;
    private readonly int[] _cases;
    private readonly Metric _metric;
    private readonly double[] _weights;

    /// <summary>Cuts a table out of the scores.</summary>
    /// <param name="scores">All scores.</param>
    /// <param name="scope">The cases; of these, the ones where a wanted structure is annotated.</param>
    /// <param name="structures">Positions of the structures.</param>
    /// <param name="metric">The metric.</param>
    public Target(CountedScores scores, Scope scope, IReadOnlyList<int> structures, Metric metric)
    {
        (_scores, _structures, _metric) = (scores, [.. structures], metric);
        var weights = StructureWeights.Of(scores.Contest);
        _weights = [.. structures.Select(s => weights[s])];
        _cases = [.. Enumerable.Range(0, scores.Cases.Count).Where(c =>
            scores.Cases[c].IsIn(scope) && structures.Any(s => scores.IsAnnotated(c, s)))];
    }

    /// <summary>Positions of the cases that count.</summary>
    public IReadOnlyList<int> Cases => _cases;

    /// <summary>Entries in it.</summary>
    public int Entries => _scores.Entries.Count;

    /// <summary>The weighted mean over the structures' means over cases; null when there is no value at all.</summary>
    public double? MacroMean(int entry) =>
        StructureWeights.Mean([.. _structures.Select(s => Mean(entry, s))], _weights);

    /// <summary>Per case, the weighted mean over its structures; null for a case without a value.</summary>
    public double?[] CaseMeans(int entry)
    {
        var means = new double?[_cases.Length];
        var row = new double?[_weights.Length];
        for (var c = 0; c < means.Length; c++)
        {
            for (var s = 0; s < row.Length; s++)
            {
                row[s] = _scores.Value(entry, _metric, _structures[s], _cases[c]);
            }

            means[c] = StructureWeights.Mean(row, _weights);
        }

        return means;
    }

    /// <summary>Per entry, the mean of the rank within each case, averaged over the structures by weight.</summary>
    /// <param name="field">Who is a rival of whom.</param>
    public double?[] MeanRanks(RankedField field)
    {
        var perStructure = Enumerable.Range(0, Entries).Select(_ => new double?[_weights.Length]).ToArray();
        for (var s = 0; s < _weights.Length; s++)
        {
            var sums = new double[Entries];
            var counts = new int[Entries];
            var values = new double?[Entries];
            foreach (var c in _cases)
            {
                for (var e = 0; e < values.Length; e++)
                {
                    values[e] = _scores.Value(e, _metric, _structures[s], c);
                }

                var ranks = field.MidRank(values);
                for (var e = 0; e < ranks.Length; e++)
                {
                    sums[e] += ranks[e] ?? 0;
                    counts[e] += ranks[e] is null ? 0 : 1;
                }
            }

            for (var e = 0; e < sums.Length; e++)
            {
                perStructure[e][s] = counts[e] > 0 ? sums[e] / counts[e] : null;
            }
        }

        return [.. perStructure.Select(ranks => StructureWeights.Mean(ranks, _weights))];
    }

    private double? Mean(int entry, int structure)
    {
        var (sum, count) = (0.0, 0);
        foreach (var c in _cases)
        {
            if (_scores.Value(entry, _metric, structure, c) is { } value)
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }
}
