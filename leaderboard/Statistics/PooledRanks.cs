namespace Touchstone.Leaderboard.Statistics;

/// <summary>Several samples ranked together, smallest first, equal values sharing their mean rank.</summary>
internal sealed class PooledRanks
{
    /// <summary>Ranks samples together.</summary>
    /// <param name="samples">The samples, each in any order.</param>
    public PooledRanks(IReadOnlyList<IReadOnlyList<double>> samples)
        : this(
            [.. samples.SelectMany(values => values)],
            [.. samples.SelectMany((values, s) => values.Select(_ => s))],
            samples.Count)
    {
    }

    /// <summary>Ranks values together.</summary>
    /// <param name="values">The values, in any order; sorted.</param>
    /// <param name="owners">The sample that each belongs to, from 0; sorted with them.</param>
    /// <param name="samples">How many samples there are.</param>
    public PooledRanks(double[] values, int[] owners, int samples)
    {
        Array.Sort(values, owners);
        Count = values.Length;
        Sums = new double[samples];
        for (var start = 0; start < values.Length;)
        {
            var end = start;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                Sums[owners[i]] += (start + 1 + end) / 2.0;
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
