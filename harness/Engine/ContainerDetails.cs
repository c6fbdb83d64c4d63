namespace Touchstone.Harness.Engine;

/// <summary>
/// A container as the engine holds it: the parts of <c>GET /containers/{id}/json</c> that matter here.
/// </summary>
public sealed record ContainerDetails
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>What it does now.</summary>
    public required ContainerState State { get; init; }
}

/// <summary>What a container does now.</summary>
public sealed record ContainerState
{
    /// <summary><c>created</c>, <c>running</c>, <c>exited</c>…</summary>
    public required string Status { get; init; }

    /// <summary>True until it has ended.</summary>
    public bool Running { get; init; }

    /// <summary>
    /// True when the kernel killed any of its processes for memory; it may have exited with 0 nevertheless.
    /// </summary>
    public bool OOMKilled { get; init; }

    /// <summary>Exit code of the first process; 126 and 127 after a start that failed because of the command.</summary>
    public int ExitCode { get; init; }

    /// <summary>The engine's own complaint; empty for none.</summary>
    public string Error { get; init; } = "";

    /// <summary>Start by the engine's clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End by the engine's clock; the year 1 before it.</summary>
    public DateTimeOffset FinishedAt { get; init; }
}

/// <summary>One line of a list of containers.</summary>
/// <param name="Id">Id.</param>
/// <param name="Labels">Labels.</param>
/// <param name="Created">When it was made, in seconds since 1970.</param>
/// <param name="ImageID">Id of its image.</param>
public sealed record ContainerListing(string Id, IReadOnlyDictionary<string, string>? Labels, long Created = 0, string? ImageID = null);

/// <summary>Body of <c>POST /volumes/create</c>, and one line of a list of volumes.</summary>
public sealed record VolumeRequest
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Mount options of the local driver.</summary>
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    /// <summary>Labels for finding it again.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
