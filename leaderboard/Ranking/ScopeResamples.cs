using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// The bootstrap of one scope: its cases with any annotated structure are drawn once, and every entry, structure and
/// metric is averaged over the same draws.
/// </summary>
internal sealed class ScopeResamples
{
    private static readonly int Metrics = Enum.GetValues<Metric>().Length;

    private readonly CountedScores _scores;
    private readonly Resamples _resamples;
    private readonly double[] _weights;

    /// <summary>Draws a scope's cases.</summary>
    /// <param name="scores">All scores.</param>
    /// <param name="cases">Positions of the scope's cases.</param>
    /// <param name="options">Resamples and seed.</param>
    /// <param name="stream">Scopes with other streams are drawn independently.</param>
    public ScopeResamples(CountedScores scores, IReadOnlyList<int> cases, RankingOptions options, int stream)
    {
        _scores = scores;
        _weights = StructureWeights.Of(scores.Contest);
        var (structures, perEntry) = (scores.Structures.Count, Metrics * scores.Structures.Count);
        var tiles = new ColumnTiles(
            scores.Entries.Count * perEntry, cases.Count,
            (k, i) => scores.Value(k / perEntry, (Metric)(k % perEntry / structures), k % structures, cases[i]));
        _resamples = Resamples.Draw(tiles, options.Resamples, options.Seed, stream, options.Threads);
    }

    /// <summary>
    /// An entry's mean over some structures in each resample, weighted; NaN where none of them has a value.
    /// </summary>
    public double[] MacroMeans(int entry, Metric metric, IReadOnlyList<int> structures) => _resamples.MacroMeans(
        [.. structures.Select(s => Column(entry, metric, s))], [.. structures.Select(s => _weights[s])]);

    private int Column(int entry, Metric metric, int structure) =>
        (entry * Metrics + (int)metric) * _scores.Structures.Count + structure;
}

/// <summary>Weights of a contest's structures in means over structures.</summary>
internal static class StructureWeights
{
    /// <summary>One weight per structure, in the contest's order.</summary>
    public static double[] Of(Contest contest) =>
        [.. contest.Structures.Select(structure => contest.Rules.Weights.GetValueOrDefault(structure, 1))];

    /// <summary>
    /// The weighted mean of the values that are there; null when none is, or all of these weigh nothing.
    /// </summary>
    public static double? Mean(IReadOnlyList<double?> values, IReadOnlyList<double> weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                sum += weights[i] * value;
                total += weights[i];
            }
        }

        return total > 0 ? sum / total : null;
    }
}
