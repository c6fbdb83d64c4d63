using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>
/// Reads and writes the text of a job's <c>result.json</c>. Numbers are round-trip exact, enums are their names.
/// </summary>
public static class JobResultJson
{
    private static readonly JobResultJsonContext Context = new(JsonForms.Result(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<GpuSource>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<JobKind>(JsonNamingPolicy.CamelCase)));

    /// <summary>UTF-8 text of a result, ending in a newline.</summary>
    /// <param name="result">What to write.</param>
    public static byte[] Write(JobResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(result, Context.JobResult), (byte)'\n'];

    /// <summary>Reads a result.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">Not a result, or one of another schema.</exception>
    public static JobResult Read(ReadOnlySpan<byte> utf8)
    {
        var result = JsonSerializer.Deserialize(utf8, Context.JobResult) ?? throw new JsonException("The file is empty.");
        return result.Schema == JobResult.CurrentSchema
            ? result
            : throw new JsonException($"Schema {result.Schema}; this build reads {JobResult.CurrentSchema}.");
    }
}

/// <summary>Source-generated serialisers of a job's result file.</summary>
[JsonSerializable(typeof(JobResult))]
internal sealed partial class JobResultJsonContext : JsonSerializerContext;
