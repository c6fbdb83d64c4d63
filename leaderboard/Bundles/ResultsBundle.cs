using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;

namespace Touchstone.Leaderboard.Bundles;

/// <summary>
/// Everything that a site is built from, and nothing that is not public: the content of <c>results.json</c>. The
/// site made from it is the site that it came with, byte for byte.
/// </summary>
public sealed record ResultsBundle
{
    /// <summary>Name of the file in a site.</summary>
    public const string FileName = "results.json";

    /// <summary>The layout that this build writes.</summary>
    public const int CurrentSchema = 1;

    private static readonly BundleJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new FiniteNumber(),
            new JsonStringEnumConverter<Ending>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<EntryOrigin>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<SetApartKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Metric>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<MissingRule>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Scheme>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<ScopeKind>(JsonNamingPolicy.CamelCase),
        },
    });

    /// <summary>Version of this layout; a reader refuses one that it does not know.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>When and by what the site was made.</summary>
    public required BuildInfo Info { get; init; }

    /// <summary>The boards, in the order shown.</summary>
    public required IReadOnlyList<BundledBoard> Boards { get; init; }

    /// <summary>The bundle of a site.</summary>
    /// <param name="boards">Its boards.</param>
    /// <param name="info">When and by what it is made.</param>
    public static ResultsBundle Of(IReadOnlyList<Board> boards, BuildInfo info) =>
        new() { Info = info, Boards = [.. boards.Select(board => board.Bundled)] };

    /// <summary>The boards, as they were.</summary>
    public IReadOnlyList<Board> ToBoards() => [.. Boards.Select(board => new Board(board))];

    /// <summary>UTF-8 text, ending in a newline.</summary>
    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Context.ResultsBundle), (byte)'\n'];

    /// <summary>The same text, written as it is made: of results that lie elsewhere one entry's are in memory.</summary>
    /// <param name="stream">Where it goes.</param>
    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, Context.ResultsBundle);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="JsonException">It is no bundle, or one of another schema.</exception>
    public static ResultsBundle Read(ReadOnlySpan<byte> utf8) =>
        Checked(JsonSerializer.Deserialize(utf8, Context.ResultsBundle));

    /// <summary>Reads a bundle that is too large for one array; what it holds must still fit into memory.</summary>
    /// <param name="stream">The file's content.</param>
    /// <exception cref="JsonException">It is no bundle, or one of another schema.</exception>
    public static ResultsBundle Read(Stream stream) => Checked(JsonSerializer.Deserialize(stream, Context.ResultsBundle));

    /// <summary>The line that <c>sha256sum --check</c> reads, for a bundle.</summary>
    /// <param name="sha256">SHA-256 of its bytes.</param>
    public static string Checksum(ReadOnlySpan<byte> sha256) => $"{Convert.ToHexStringLower(sha256)}  {FileName}\n";

    /// <summary>
    /// The bundle and its checksum, as files of the site. The checksum is of what was last written, so that a large bundle
    /// is made once.
    /// </summary>
    internal IReadOnlyList<SiteFile> Files()
    {
        byte[]? sha256 = null;
        void WriteBundle(Stream stream)
        {
            using var hash = SHA256.Create();
            using (var both = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                Write(both);
            }

            sha256 = hash.Hash;
        }

        void WriteChecksum(Stream stream)
        {
            if (sha256 is null)
            {
                WriteBundle(Stream.Null);
            }

            stream.Write(Encoding.ASCII.GetBytes(Checksum(sha256)));
        }

        return [new SiteFile(FileName, WriteBundle), new SiteFile(FileName + ".sha256", WriteChecksum)];
    }

    private static ResultsBundle Checked(ResultsBundle? bundle)
    {
        if (bundle is null || bundle.Boards.Any(board => board is null))
        {
            throw new JsonException(bundle is null ? "The file is empty." : "One of its boards is null.");
        }

        if (bundle.Schema != CurrentSchema)
        {
            throw new JsonException($"Schema {bundle.Schema}; this build reads {CurrentSchema}.");
        }

        var fault = bundle.Boards.Select(BundleFault.Of).FirstOrDefault(fault => fault is not null)
            ?? (ResultFault.Twice(bundle.Boards.Select(board => board.Contest.Key)) is { } twice ? $"It has the board {twice} twice." : null);
        return fault is null ? bundle : throw new JsonException(fault);
    }
}

/// <summary>One board of a bundle.</summary>
public sealed record BundledBoard
{
    /// <summary>The contest; hidden cases go by their pseudonyms.</summary>
    public required Contest Contest { get; init; }

    /// <summary>What was run; of hidden cases without volumes and hashes. Of a large board read anew each time.</summary>
    public required IEnumerable<CaseResult> Results { get; init; }

    /// <summary>What published studies scored.</summary>
    public required IReadOnlyList<ImportedScores> Imports { get; init; }

    /// <summary>Public cases that readers may look into; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShownCase>? Shown { get; init; }

    /// <summary>What ranking made of it, with everything known that the public form leaves out.</summary>
    public required Standings Standings { get; init; }
}

/// <summary>Source-generated serialisers of bundles.</summary>
[JsonSerializable(typeof(ResultsBundle))]
internal sealed partial class BundleJsonContext : JsonSerializerContext;
