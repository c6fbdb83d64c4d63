using Touchstone.Submissions;

namespace Touchstone.Harness.Intake;

/// <summary>What an organiser grants one team in a phase, in place of the phase's own quota. The last one holds.</summary>
public sealed record QuotaGrant
{
    /// <summary>The team.</summary>
    public required string TeamId { get; init; }

    /// <summary>The challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase.</summary>
    public required string Phase { get; init; }

    /// <summary>The quota that holds for the team, all of it; null for the phase's own again.</summary>
    public required Quota? Quota { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
