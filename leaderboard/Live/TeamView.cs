namespace Touchstone.Leaderboard.Live;

/// <summary>What a team sees of itself.</summary>
public sealed record TeamView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When it registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Its members.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>Why the organiser barred it; null while it may send.</summary>
    public string? BarredBecause { get; init; }

    /// <summary>Its tokens, newest first.</summary>
    public required IReadOnlyList<TokenLine> Tokens { get; init; }

    /// <summary>What is left of its quotas, in every phase that is open.</summary>
    public required IReadOnlyList<QuotaLine> Quotas { get; init; }

    /// <summary>Its attempts, newest first.</summary>
    public required IReadOnlyList<AttemptSummary> Attempts { get; init; }
}

/// <summary>A token, without its secret.</summary>
public sealed record TokenLine
{
    /// <summary>Its public part.</summary>
    public required string Id { get; init; }

    /// <summary>What the team calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do, by name.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it works; null for no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>What is left of one quota.</summary>
public sealed record QuotaLine
{
    /// <summary>Title of the challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase.</summary>
    public required string Phase { get; init; }

    /// <summary>The rule in words, such as <c>valid submissions per day</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How many of it are spent.</summary>
    public required int Used { get; init; }

    /// <summary>How many there are, the organiser's changes included; null for as many as one likes.</summary>
    public required int? Allowed { get; init; }

    /// <summary>When the next attempt is possible; null when it is possible now, or will not be in this phase.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
