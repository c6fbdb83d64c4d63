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
