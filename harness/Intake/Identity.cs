namespace Touchstone.Harness.Intake;

/// <summary>Whom a valid token or session stands for.</summary>
public sealed record Identity
{
    /// <summary>Id of the token, also behind a session.</summary>
    public required string TokenId { get; init; }

    /// <summary>The team; null for an organiser.</summary>
    public required string? TeamId { get; init; }

    /// <summary>The team's name; null for an organiser.</summary>
    public required string? TeamName { get; init; }

    /// <summary>What the token may do.</summary>
    public required TokenScopes Scopes { get; init; }

    /// <summary>Whom limits count: all tokens of a team together.</summary>
    public string Holder => TeamId ?? TokenId;

    /// <summary>How the audit names it.</summary>
    public string Actor => TeamId is null ? $"organiser {TokenId}" : $"team {TeamId} {TokenId}";
}
