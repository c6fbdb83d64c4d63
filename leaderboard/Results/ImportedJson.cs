using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Reads and writes the text of an import's <c>scores.json</c>: compact, numbers round-trip exact, with a
/// <see cref="Checksum"/> in its second line.
/// </summary>
public static class ImportedJson
{
    private static readonly ImportedJsonContext Context = new(new JsonSerializerOptions(
        JsonForms.Result(new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)))
    {
        WriteIndented = false,
    });

    /// <summary>UTF-8 text, ending in a newline. What was read without a checksum is written without.</summary>
    /// <param name="scores">What to write.</param>
    public static byte[] Write(ImportedScores scores)
    {
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(scores, Context.ImportedScores), (byte)'\n'];
        return scores.HasChecksum ? Checksum.Seal(text) : text;
    }

    /// <summary>Reads imported scores.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">
    /// Not such a file, one of another schema, one whose checksum does not fit, or rows of unequal length.
    /// </exception>
    public static ImportedScores Read(ReadOnlySpan<byte> utf8)
    {
        var isSealed = Checksum.Open(utf8, out var json);
        var read = JsonSerializer.Deserialize(json, Context.ImportedScores) ?? throw new JsonException("The file is empty.");
        Checksum.Demand(read.Schema, sealing: 2, ImportedScores.CurrentSchema, isSealed);
        return read.Cases.Any(one => one is null) ? throw new JsonException("A case is null.")
            : read.Cases.FirstOrDefault(one => one.Dsc.Count != read.Structures.Count || one.Nsd.Count != read.Structures.Count) is { } broken
                ? throw new JsonException($"Case {broken.Case} has not one DSC and NSD for each structure.")
                : read;
    }
}

/// <summary>Source-generated serialisers of imported scores.</summary>
[JsonSerializable(typeof(ImportedScores))]
internal sealed partial class ImportedJsonContext : JsonSerializerContext;
