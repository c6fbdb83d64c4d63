using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Reads and writes the text of an import's <c>scores.json</c>: compact, numbers round-trip exact.
/// </summary>
public static class ImportedJson
{
    private static readonly ImportedJsonContext Context = new(new JsonSerializerOptions(
        JsonForms.Result(new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase)))
    {
        WriteIndented = false,
    });

    /// <summary>UTF-8 text, ending in a newline.</summary>
    /// <param name="scores">What to write.</param>
    public static byte[] Write(ImportedScores scores) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(scores, Context.ImportedScores), (byte)'\n'];

    /// <summary>Reads imported scores.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">Not such a file, one of another schema, or rows of unequal length.</exception>
    public static ImportedScores Read(ReadOnlySpan<byte> utf8)
    {
        var read = JsonSerializer.Deserialize(utf8, Context.ImportedScores) ?? throw new JsonException("The file is empty.");
        if (read.Schema != ImportedScores.CurrentSchema)
        {
            throw new JsonException($"Schema {read.Schema}; this build reads {ImportedScores.CurrentSchema}.");
        }

        return read.Cases.FirstOrDefault(one =>
            one.Dsc.Count != read.Structures.Count || one.Nsd.Count != read.Structures.Count) is { } broken
            ? throw new JsonException($"Case {broken.Case} has not one DSC and NSD for each structure.")
            : read;
    }
}

/// <summary>Source-generated serialisers of imported scores.</summary>
[JsonSerializable(typeof(ImportedScores))]
internal sealed partial class ImportedJsonContext : JsonSerializerContext;
