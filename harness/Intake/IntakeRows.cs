using System.Text.Json;

namespace Touchstone.Harness.Intake;

/// <summary>A row of the table <c>team</c>.</summary>
internal sealed record TeamRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Members { get; init; }

    public required string CreatedAt { get; init; }

    public required string? BarredBecause { get; init; }

    public Team ToTeam() => new()
    {
        Id = Id,
        Name = Name,
        Members = JsonSerializer.Deserialize(Members, IntakeJson.Default.IReadOnlyListString)!,
        CreatedAt = UtcText.Time(CreatedAt),
        BarredBecause = BarredBecause,
    };
}

/// <summary>A row of the table <c>invitation</c>, without its hash.</summary>
internal sealed record InvitationRow
{
    public required string Id { get; init; }

    public required string Note { get; init; }

    public required string CreatedAt { get; init; }

    public required string ExpiresAt { get; init; }

    public required string? TeamId { get; init; }

    public Invitation ToInvitation() => new()
    {
        Id = Id,
        Note = Note,
        CreatedAt = UtcText.Time(CreatedAt),
        ExpiresAt = UtcText.Time(ExpiresAt),
        TeamId = TeamId,
    };
}

/// <summary>A row of the table <c>token</c>, without its hash.</summary>
internal sealed record TokenRow
{
    public required string Id { get; init; }

    public required string? TeamId { get; init; }

    public required string Name { get; init; }

    public required long Scopes { get; init; }

    public required string CreatedAt { get; init; }

    public required string? ExpiresAt { get; init; }

    public required string? LastUsedAt { get; init; }

    public required string? RevokedAt { get; init; }

    public AccessToken ToToken() => new()
    {
        Id = Id,
        TeamId = TeamId,
        Name = Name,
        Scopes = (TokenScopes)Scopes,
        CreatedAt = UtcText.Time(CreatedAt),
        ExpiresAt = UtcText.TimeOrNull(ExpiresAt),
        LastUsedAt = UtcText.TimeOrNull(LastUsedAt),
        RevokedAt = UtcText.TimeOrNull(RevokedAt),
    };
}

/// <summary>What says whom a token or session stands for, with the hash that must match first.</summary>
internal sealed record IdentityRow
{
    public required string TokenId { get; init; }

    public required byte[] Hash { get; init; }

    public required long Scopes { get; init; }

    public required string? LastUsedAt { get; init; }

    public required string? TeamId { get; init; }

    public required string? TeamName { get; init; }

    public Identity ToIdentity() => new()
    {
        TokenId = TokenId,
        TeamId = TeamId,
        TeamName = TeamName,
        Scopes = (TokenScopes)Scopes,
    };
}

/// <summary>A row of the table <c>upload</c>.</summary>
internal sealed record UploadRow
{
    public required string Id { get; init; }

    public required string TeamId { get; init; }

    public required string Challenge { get; init; }

    public required string FileName { get; init; }

    public required long Length { get; init; }

    public required long Offset { get; init; }

    public required string? Sha256 { get; init; }

    public required string CreatedAt { get; init; }

    public required string ExpiresAt { get; init; }

    public Upload ToUpload() => new()
    {
        Id = Id,
        TeamId = TeamId,
        Challenge = Challenge,
        FileName = FileName,
        Length = Length,
        Offset = Offset,
        Sha256 = Sha256,
        CreatedAt = UtcText.Time(CreatedAt),
        ExpiresAt = UtcText.Time(ExpiresAt),
    };
}
