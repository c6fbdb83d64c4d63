namespace Touchstone.Leaderboard.Statistics;

/// <summary>Several samples ranked together, smallest first, equal values sharing their mean rank.</summary>
internal sealed class PooledRanks
{
    /// <summary>Ranks samples together.</summary>
    /// <param name="samples">The samples, each in any order.</param>
    public PooledRanks(IReadOnlyList<IReadOnlyList<double>> samples)
    {
        var all = samples.SelectMany((values, s) => values.Select(value => (Value: value, Sample: s)))
            .OrderBy(one => one.Value).ToArray();
        Count = all.Length;
        Sums = new double[samples.Count];
        for (var start = 0; start < all.Length;)
        {
            var end = start;
            while (end < all.Length && all[end].Value == all[start].Value)
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                Sums[all[i].Sample] += (start + 1 + end) / 2.0;
            }

            double t = end - start;
            Ties += t * t * t - t;
            start = end;
        }
    }

    /// <summary>Values in all samples.</summary>
    public int Count { get; }

    /// <summary>Sum of the ranks of each sample.</summary>
    public double[] Sums { get; }

    /// <summary>Σ(t³ − t) over the groups of t equal values; 0 without ties.</summary>
    public double Ties { get; }
}
