using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>
/// Reads and writes the text of a job's <c>result.json</c>. Numbers are round-trip exact, enums are their names, and the
/// second line is a <see cref="Checksum"/> of the others.
/// </summary>
public static class JobResultJson
{
    private static readonly JobResultJsonContext Context = new(JsonForms.Result(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        new JsonStringEnumConverter<GpuSource>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        new JsonStringEnumConverter<JobKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));

    /// <summary>UTF-8 text of a result, ending in a newline. One that was read without a checksum is written without.</summary>
    /// <param name="result">What to write.</param>
    public static byte[] Write(JobResult result)
    {
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(result, Context.JobResult), (byte)'\n'];
        return result.HasChecksum ? Checksum.Seal(text) : text;
    }

    /// <summary>Reads a result.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">Not a result, one of another schema, or one whose checksum does not fit.</exception>
    public static JobResult Read(ReadOnlySpan<byte> utf8)
    {
        var isSealed = Checksum.Open(utf8, out var json);
        var result = JsonSerializer.Deserialize(json, Context.JobResult) ?? throw new JsonException("The file is empty.");
        Checksum.Demand(result.Schema, sealing: 2, JobResult.CurrentSchema, isSealed);
        return result;
    }
}

/// <summary>Source-generated serialisers of a job's result file.</summary>
[JsonSerializable(typeof(JobResult))]
internal sealed partial class JobResultJsonContext : JsonSerializerContext;
