namespace Touchstone.Leaderboard.Statistics;

/// <summary>Where a p comes from.</summary>
public enum PMethod
{
    /// <summary>Every arrangement that chance could have made was counted.</summary>
    Exact,

    /// <summary>The normal distribution stands in for the counting; good for samples that are not small.</summary>
    Approximation,
}
