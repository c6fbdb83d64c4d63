namespace Touchstone.Leaderboard.Statistics;

/// <summary>The stars that papers print beside p-values.</summary>
public static class Stars
{
    /// <summary>
    /// <c>****</c> at p ≤ 0.0001, <c>***</c> at p ≤ 0.001, <c>**</c> at p ≤ 0.01, <c>*</c> at p ≤ 0.05, else <c>ns</c>.
    /// </summary>
    /// <param name="p">A p-value in [0, 1].</param>
    /// <remarks>The legend under Table 6 of AbdomenAtlas-8K (Qu et al., 2023).</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is no probability.</exception>
    public static string Of(double p) => p switch
    {
        not (>= 0 and <= 1) => throw new ArgumentOutOfRangeException(nameof(p), p, "A p-value lies in [0, 1]."),
        <= 0.0001 => "****",
        <= 0.001 => "***",
        <= 0.01 => "**",
        <= 0.05 => "*",
        _ => "ns",
    };
}
