using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Reads and writes the text of <c>result.json</c>. Numbers are round-trip exact, enums are their names.
/// </summary>
public static class ResultJson
{
    private static readonly ResultJsonContext Context = new(JsonForms.Result(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<GpuSource>(JsonNamingPolicy.CamelCase),
        new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase)));

    /// <summary>UTF-8 text of a result, ending in a newline.</summary>
    /// <param name="result">What to write.</param>
    public static byte[] Write(CaseResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(result, Context.CaseResult), (byte)'\n'];

    /// <summary>Reads a result.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">Not a result, or one of another schema.</exception>
    public static CaseResult Read(ReadOnlySpan<byte> utf8)
    {
        var result = JsonSerializer.Deserialize(utf8, Context.CaseResult) ?? throw new JsonException("The file is empty.");
        return result.Schema == CaseResult.CurrentSchema
            ? result
            : throw new JsonException($"Schema {result.Schema}; this build reads {CaseResult.CurrentSchema}.");
    }
}

/// <summary>Source-generated serialisers of the result file.</summary>
[JsonSerializable(typeof(CaseResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
