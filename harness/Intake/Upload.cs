namespace Touchstone.Harness.Intake;

/// <summary>An image archive on its way in, or one that is here.</summary>
public sealed record Upload
{
    /// <summary>Stable id, random.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string TeamId { get; init; }

    /// <summary>The challenge whose size limit it was measured by.</summary>
    public required string Challenge { get; init; }

    /// <summary>The archive's name on the participant's machine, for people only: it never becomes a path here.</summary>
    public required string FileName { get; init; }

    /// <summary>Bytes that it will have.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes that are safely on the disk; what was acknowledged never gets less.</summary>
    public required long Offset { get; init; }

    /// <summary>SHA-256 of its content, hexadecimal; null until it is whole.</summary>
    public required string? Sha256 { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it may be removed, UTC. Every acknowledged piece moves it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
