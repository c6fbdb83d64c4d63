using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>Values that a column holds as text.</summary>
internal static class RowText
{
    /// <summary>A time, exact to its tick and with its offset.</summary>
    public static string Of(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The inverse of <see cref="Of"/>.</summary>
    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>A short text that is the same for the same structures, in whatever order.</summary>
    public static string StructureSet(IEnumerable<string> structures) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', structures.Order(StringComparer.Ordinal)))))[..16];

    /// <summary>SHA-256 of the result as its file has it: two results are the same exactly when these are.</summary>
    public static string Digest(CaseResult result) => Digest(ResultJson.Write(result));

    /// <inheritdoc cref="Digest(CaseResult)"/>
    public static string Digest(ImportedScores scores) => Digest(ImportedJson.Write(scores));

    /// <summary>SHA-256 of everything that an entry says of itself.</summary>
    public static string Digest(Entry entry) => Digest(Encoding.UTF8.GetBytes(ResultJson.TextOf(entry)));

    /// <summary>SHA-256 of a text, hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<byte> utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8));
}
