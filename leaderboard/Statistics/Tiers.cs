namespace Touchstone.Leaderboard.Statistics;

/// <summary>Groups of entries that the tests cannot tell from their leader.</summary>
public static class Tiers
{
    /// <summary>
    /// Goes down a ranking; an entry that the leader of the current tier beats significantly opens the next tier. So
    /// every member of a tier is statistically level with its leader, though not always with every other member.
    /// </summary>
    /// <param name="order">Positions of the entries, best first.</param>
    /// <param name="beats">Whether the first entry beats the second significantly.</param>
    /// <returns>A tier from 1 per position of <paramref name="order"/>.</returns>
    public static int[] Of(IReadOnlyList<int> order, Func<int, int, bool> beats)
    {
        var tiers = new int[order.Count];
        var (leader, tier) = (0, 1);
        for (var i = 1; i < order.Count; i++)
        {
            if (beats(order[leader], order[i]))
            {
                (leader, tier) = (i, tier + 1);
            }

            tiers[i] = tier;
        }

        if (tiers.Length > 0)
        {
            tiers[0] = 1;
        }

        return tiers;
    }
}
