using System.Text.Json.Serialization.Metadata;
using Touchstone.Harness.Server.Access;

namespace Touchstone.Harness.Server;

/// <summary>One thing that the server does, and who may have it done.</summary>
public sealed record Route
{
    /// <summary>HTTP method; GET answers HEAD too.</summary>
    public required string Method { get; init; }

    /// <summary>Path with parameters in braces, such as <c>/api/v1/attempts/{id}</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Who may use it.</summary>
    public required RequiredAccess Access { get; init; }

    /// <summary>What it does, in a sentence, for the API's description.</summary>
    public required string Summary { get; init; }

    /// <summary>What answers. Everything about access was checked before.</summary>
    public required Func<Exchange, Task> Handler { get; init; }

    /// <summary>How often it may be used. Default <see cref="Pace.Ordinary"/>.</summary>
    public Pace Pace { get; init; } = Pace.Ordinary;

    /// <summary>True for what browsers show: refusals are pages then, and signing in is offered. Default false.</summary>
    public bool IsPage { get; init; }

    /// <summary>Largest request body in bytes; null for a handler that counts by itself. Default 64 KiB.</summary>
    public long? MostBodyBytes { get; init; } = 64 << 10;

    /// <summary>Status of success. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Request headers that mean something here, with whether they must be there.</summary>
    public IReadOnlyList<(string Name, bool IsRequired)> Headers { get; init; } = [];

    /// <summary>Queries that mean something here.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>What a JSON request must be; null for none.</summary>
    public JsonTypeInfo? Request { get; init; }

    /// <summary>What a JSON answer is; null for none.</summary>
    public JsonTypeInfo? Response { get; init; }

    /// <summary>Whether it changes something, so that other sites' pages must not be able to ask for it.</summary>
    public bool Changes => Method is not ("GET" or "HEAD" or "OPTIONS");

    /// <summary>Method and path: its name in the authorisation test.</summary>
    public override string ToString() => $"{Method} {Path}";
}
