using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Writes standings as the JSON of <c>touchstone rank --json</c>: camelCase, numbers round-trip exact, null for
/// undefined.
/// </summary>
public static class RankJson
{
    private static readonly RankJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Metric>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ScopeKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Scheme>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<MissingRule>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<SetApartKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<PMethod>(JsonNamingPolicy.CamelCase),
        },
    });

    /// <summary>UTF-8 text of standings, ending in a newline.</summary>
    /// <param name="standings">What to write.</param>
    public static byte[] Write(Standings standings) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(standings, Context.Standings), (byte)'\n'];

    /// <summary>The same text, written as it is made.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="standings">What to write.</param>
    internal static void Write(Stream stream, Standings standings)
    {
        JsonSerializer.Serialize(stream, standings, Context.Standings);
        stream.WriteByte((byte)'\n');
    }
}

/// <summary>Source-generated serialisers of standings.</summary>
[JsonSerializable(typeof(Standings))]
internal sealed partial class RankJsonContext : JsonSerializerContext;
