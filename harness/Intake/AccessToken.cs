namespace Touchstone.Harness.Intake;

/// <summary>What a token may do. Stored and shown by name: never rename one.</summary>
[Flags]
public enum TokenScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See what its team may see.</summary>
    Read = 1,

    /// <summary>Upload and submit for its team; make and revoke its team's tokens.</summary>
    Submit = 2,

    /// <summary>What organisers do. Only tokens of organisers have it.</summary>
    Admin = 4,
}

/// <summary>A personal access token, without its secret.</summary>
public sealed record AccessToken
{
    /// <summary>Its public part.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; null for an organiser's.</summary>
    public required string? TeamId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required TokenScopes Scopes { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it does not work any more, UTC; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, UTC, to about five minutes; null for never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked, UTC; null while it was not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>What somebody gets to see once.</summary>
/// <param name="Id">Public part.</param>
/// <param name="Secret">The whole secret.</param>
public sealed record IssuedSecret(string Id, string Secret)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => Id;
}
