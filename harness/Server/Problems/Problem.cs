using System.Text.Json.Serialization;

namespace Touchstone.Harness.Server.Problems;

/// <summary>A refusal as RFC 9457 has it. Names no path of this machine, no hidden case and no other team.</summary>
public sealed record Problem
{
    /// <summary>What kind it is: a name, not an address.</summary>
    public string Type => $"urn:touchstone:problem:{Code}";

    /// <summary>The kind in words: the same for every problem of a status.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>Stable code, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>When trying again may help, UTC; absent when nobody can say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What to tell the organisers, who find it in their log; absent when it is not our fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Incident { get; init; }
}

/// <summary>A refusal that the server itself decides. Its message is safe for everybody to read.</summary>
/// <param name="status">HTTP status, 400 or above.</param>
/// <param name="code">Stable code.</param>
/// <param name="detail">What is wrong and what to do.</param>
public sealed class ProblemException(int status, string code, string detail) : Exception(detail)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}
