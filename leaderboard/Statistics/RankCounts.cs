namespace Touchstone.Leaderboard.Statistics;

/// <summary>How often an entry had which rank over resamples.</summary>
public sealed class RankCounts
{
    private readonly int[] _counts;

    /// <summary>Counts ranks.</summary>
    /// <param name="counts">In how many resamples the rank was 1, 2, 3 and so on.</param>
    public RankCounts(IReadOnlyList<int> counts) => _counts = [.. counts.Take(1 + counts.ToList().FindLastIndex(n => n > 0))];

    /// <summary>In how many resamples the rank was 1, 2, 3 and so on, up to the worst rank that occurred.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Resamples in which there was a rank.</summary>
    public int Total => _counts.Sum();

    /// <summary>Share of resamples with rank 1; null when there was never a rank.</summary>
    public double? ShareFirst => Total == 0 ? null : (double)_counts[0] / Total;

    /// <summary>Mean rank; null when there was never a rank.</summary>
    public double? Mean => Total == 0 ? null : _counts.Select((n, i) => (i + 1.0) * n).Sum() / Total;

    /// <summary>Type-7 quantile of the rank; null when there was never a rank.</summary>
    /// <param name="probability">p in [0, 1].</param>
    public double? Quantile(double probability)
    {
        if (Total == 0)
        {
            return null;
        }

        var h = (Total - 1) * probability;
        var below = RankAt((int)h);
        return below + (h - (int)h) * (RankAt(Math.Min((int)h + 1, Total - 1)) - below);
    }

    /// <summary>The range that holds a share of the ranks, the rest being cut off on both sides alike.</summary>
    /// <param name="level">Share, such as 0.95.</param>
    public Interval? Range(double level) =>
        Quantile((1 - level) / 2) is { } low && Quantile((1 + level) / 2) is { } high ? new Interval(low, high) : null;

    /// <summary>The rank at a position when all ranks are put in ascending order.</summary>
    private int RankAt(int position)
    {
        var rank = 0;
        for (var passed = 0; passed <= position; rank++)
        {
            passed += _counts[rank];
        }

        return rank;
    }
}
