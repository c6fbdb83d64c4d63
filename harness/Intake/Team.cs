namespace Touchstone.Harness.Intake;

/// <summary>A registered team.</summary>
public sealed record Team
{
    /// <summary>Longest name of a member, in characters.</summary>
    public const int LongestMember = 120;

    /// <summary>Most members of any team; challenges may allow fewer.</summary>
    public const int MostMembers = 50;

    /// <summary>Stable id, random.</summary>
    public required string Id { get; init; }

    /// <summary>Name shown on the leaderboard, unique without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Its members' names as they gave them, at least one. For organisers and the team itself.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>When it registered, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why it may not send anything any more; null while it may.</summary>
    public required string? BarredBecause { get; init; }
}

/// <summary>The organiser's permission to register one team.</summary>
public sealed record Invitation
{
    /// <summary>Its public part.</summary>
    public required string Id { get; init; }

    /// <summary>For whom it was made, in the organiser's words.</summary>
    public required string Note { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it does not work any more, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The team that used it; null while it was not used.</summary>
    public required string? TeamId { get; init; }
}
