using Touchstone.Harness.Intake;

namespace Touchstone.Harness.Server.Api;

/// <summary>A scope of a token, as the wire has it.</summary>
internal enum Scope
{
    /// <summary>See what its team may see.</summary>
    Read,

    /// <summary>Upload, submit, and make and revoke tokens.</summary>
    Submit,

    /// <summary>What organisers do.</summary>
    Admin,
}

/// <summary>Between a list of scopes and the flags of a token.</summary>
internal static class ScopeList
{
    private static readonly (Scope Scope, TokenScopes Flag)[] Pairs =
        [(Scope.Read, TokenScopes.Read), (Scope.Submit, TokenScopes.Submit), (Scope.Admin, TokenScopes.Admin)];

    /// <summary>The scopes of a token.</summary>
    public static IReadOnlyList<Scope> Of(TokenScopes flags) =>
        [.. Pairs.Where(pair => flags.HasFlag(pair.Flag)).Select(pair => pair.Scope)];

    /// <summary>The flags of a list.</summary>
    public static TokenScopes Flags(IEnumerable<Scope> scopes) =>
        scopes.Aggregate(TokenScopes.None, (flags, scope) => flags | Pairs.First(pair => pair.Scope == scope).Flag);
}

/// <summary>Asks to register a team.</summary>
/// <param name="Invitation">What the organisers sent.</param>
/// <param name="Team">Name shown on the leaderboard.</param>
/// <param name="Members">Names of its members.</param>
internal sealed record RegisterRequest(string Invitation, string Team, IReadOnlyList<string> Members);

/// <summary>A team that was just registered.</summary>
/// <param name="Team">The team.</param>
/// <param name="Token">Its first token, shown this once.</param>
internal sealed record RegisterAnswer(TeamAnswer Team, SecretAnswer Token);

/// <summary>A team.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Name shown on the leaderboard.</param>
/// <param name="Members">Names of its members.</param>
/// <param name="CreatedAt">When it registered, UTC.</param>
/// <param name="BarredBecause">Why it may not send anything any more; null while it may.</param>
internal sealed record TeamAnswer(
    string Id, string Name, IReadOnlyList<string> Members, DateTimeOffset CreatedAt, string? BarredBecause)
{
    public static TeamAnswer Of(Team team) => new(team.Id, team.Name, team.Members, team.CreatedAt, team.BarredBecause);
}

/// <summary>Asks for a token.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Days">How many days it works; null for as long as it is not revoked.</param>
internal sealed record TokenRequest(string Name, IReadOnlyList<Scope> Scopes, double? Days = null);

/// <summary>A secret, shown this once.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Secret">The whole secret.</param>
internal sealed record SecretAnswer(string Id, string Secret)
{
    public static SecretAnswer Of(IssuedSecret issued) => new(issued.Id, issued.Secret);

    /// <summary>Never the secret.</summary>
    public override string ToString() => Id;
}

/// <summary>A token without its secret.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">From when on it does not work, UTC; null for never.</param>
/// <param name="LastUsedAt">When it was last used, UTC, to about five minutes; null for never.</param>
/// <param name="RevokedAt">When it was revoked, UTC; null while it was not.</param>
internal sealed record TokenAnswer(
    string Id, string Name, IReadOnlyList<Scope> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static TokenAnswer Of(AccessToken token) => new(
        token.Id, token.Name, ScopeList.Of(token.Scopes), token.CreatedAt, token.ExpiresAt, token.LastUsedAt, token.RevokedAt);
}

/// <summary>An upload.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FileName">The archive's name.</param>
/// <param name="Challenge">The challenge that it is for.</param>
/// <param name="Length">Bytes that it will have.</param>
/// <param name="Offset">Bytes that are here for good.</param>
/// <param name="Sha256">SHA-256 of its content, hexadecimal; null until it is whole.</param>
/// <param name="CreatedAt">When it began, UTC.</param>
/// <param name="ExpiresAt">From when on it may be removed, UTC.</param>
internal sealed record UploadAnswer(
    string Id, string FileName, string Challenge, long Length, long Offset, string? Sha256, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    public static UploadAnswer Of(Upload upload) => new(
        upload.Id, upload.FileName, upload.Challenge, upload.Length, upload.Offset, upload.Sha256, upload.CreatedAt, upload.ExpiresAt);
}
