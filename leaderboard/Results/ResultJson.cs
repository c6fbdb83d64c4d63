using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Reads and writes the text of <c>result.json</c>. Numbers are round-trip exact, enums are their names, and the second line
/// is a <see cref="Checksum"/> of the others.
/// </summary>
public static class ResultJson
{
    private static readonly ResultJsonContext Context = new(JsonForms.Result(
        new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        new JsonStringEnumConverter<GpuSource>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));

    /// <summary>UTF-8 text of a result, ending in a newline. One that was read without a checksum is written without.</summary>
    /// <param name="result">What to write.</param>
    public static byte[] Write(CaseResult result)
    {
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(result, Context.CaseResult), (byte)'\n'];
        return result.HasChecksum ? Checksum.Seal(text) : text;
    }

    /// <summary>Text by which entries can be compared: equal exactly when everything in them is.</summary>
    /// <param name="entry">The entry.</param>
    public static string TextOf(Entry entry) => JsonSerializer.Serialize(entry, Context.Entry);

    /// <summary>Reads a result.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">Not a result, one of another schema, or one whose checksum does not fit.</exception>
    public static CaseResult Read(ReadOnlySpan<byte> utf8)
    {
        var isSealed = Checksum.Open(utf8, out var json);
        var result = JsonSerializer.Deserialize(json, Context.CaseResult) ?? throw new JsonException("The file is empty.");
        Checksum.Demand(result.Schema, sealing: 2, CaseResult.CurrentSchema, isSealed);
        return result;
    }
}

/// <summary>Source-generated serialisers of the result file.</summary>
[JsonSerializable(typeof(CaseResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
