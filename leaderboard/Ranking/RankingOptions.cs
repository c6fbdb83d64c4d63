using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard;

/// <summary>Numbers that a ranking's intervals and tests depend on.</summary>
public sealed record RankingOptions
{
    /// <summary>Bootstrap resamples. Default 10,000.</summary>
    public int Resamples { get; init; } = 10_000;

    /// <summary>Seed of the resamples. Default 20240527.</summary>
    public int Seed { get; init; } = 20240527;

    /// <summary>Coverage of intervals. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Adjusted p below which one entry counts as better than another. Default 0.05.</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>Cases that a subgroup needs to be scored and tested. Default 5.</summary>
    public int SmallestGroup { get; init; } = 5;

    /// <summary>What a case without a valid prediction is worth. Default the worst value.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>Threads to use; null for all. Changes nothing but the time, so it is no part of the result.</summary>
    [JsonIgnore]
    public int? Threads { get; init; }
}
