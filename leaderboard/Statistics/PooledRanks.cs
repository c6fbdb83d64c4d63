namespace Touchstone.Leaderboard.Statistics;

/// <summary>
/// Several samples ranked together, smallest first, values that are equal within rounding sharing their mean rank.
/// </summary>
internal sealed class PooledRanks
{
    private readonly double[] _sorted;
    private readonly double _rounding;

    /// <summary>Ranks samples together.</summary>
    /// <param name="samples">The samples, each in any order.</param>
    public PooledRanks(IReadOnlyList<IReadOnlyList<double>> samples)
        : this(
            [.. samples.SelectMany(values => values)],
            [.. samples.SelectMany((values, s) => values.Select(_ => s))],
            samples.Count,
            samples.Max(values => Rounding.Of([.. values])))
    {
    }

    /// <summary>Ranks values together.</summary>
    /// <param name="values">The values, in any order; sorted.</param>
    /// <param name="owners">The sample that each belongs to, from 0; sorted with them.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="rounding">How far apart values are still equal.</param>
    public PooledRanks(double[] values, int[] owners, int samples, double rounding)
    {
        Array.Sort(values, owners);
        (_sorted, _rounding) = (values, rounding);
        Sums = new double[samples];
        for (var start = 0; start < values.Length;)
        {
            var end = EndOf(start);
            for (var i = start; i < end; i++)
            {
                Sums[owners[i]] += MidRank(start, end);
            }

            double t = end - start;
            Ties += t * t * t - t;
            start = end;
        }
    }

    /// <summary>Values in all samples.</summary>
    public int Count => _sorted.Length;

    /// <summary>Sum of the ranks of each sample.</summary>
    public double[] Sums { get; }

    /// <summary>Σ(t³ − t) over the groups of t equal values; 0 without ties.</summary>
    public double Ties { get; }

    /// <summary>The rank of every value, in ascending order.</summary>
    public IReadOnlyList<double> MidRanks()
    {
        var ranks = new double[Count];
        for (var start = 0; start < ranks.Length;)
        {
            var end = EndOf(start);
            Array.Fill(ranks, MidRank(start, end), start, end - start);
            start = end;
        }

        return ranks;
    }

    /// <summary>Where the values end that equal the one at a position.</summary>
    private int EndOf(int start)
    {
        var end = start + 1;
        while (end < _sorted.Length && _sorted[end] - _sorted[start] <= _rounding)
        {
            end++;
        }

        return end;
    }

    private static double MidRank(int start, int end) => (start + 1 + end) / 2.0;
}
