using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// The checksum that a result's file carries of itself: its second line, alone, is <c>"sha256": "…",</c>, the SHA-256 of all
/// other lines as they stand, so that <c>sed 2d FILE | sha256sum</c> prints the same. Against accidents: who changes a file
/// on purpose can write the line too.
/// </summary>
internal static class Checksum
{
    private const int Digits = 64;

    private static readonly byte[] Opening = "{\n"u8.ToArray();
    private static readonly byte[] Before = Encoding.ASCII.GetBytes("  \"sha256\": \"");
    private static readonly byte[] After = Encoding.ASCII.GetBytes("\",\n");

    /// <summary>Puts the checksum into a text.</summary>
    /// <param name="json">An object of at least one member, on one line or many.</param>
    /// <returns>The same, with the object's brace on a line of its own and the checksum behind it.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var rest = json.StartsWith(Opening) ? json[Opening.Length..] : json[1..];
        return [.. Opening, .. Before, .. Encoding.ASCII.GetBytes(Of(rest)), .. After, .. rest];
    }

    /// <summary>Takes the checksum out of a text and looks whether it fits.</summary>
    /// <param name="file">Content of a file.</param>
    /// <param name="json">The object without it; the file as it is when it has none.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="JsonException">It does not fit.</exception>
    public static bool Open(ReadOnlySpan<byte> file, out byte[] json)
    {
        var begin = Opening.Length + Before.Length;
        var end = begin + Digits + After.Length;
        var isSealed = file.Length > end && file.StartsWith(Opening) && file[Opening.Length..].StartsWith(Before)
            && file[(begin + Digits)..].StartsWith(After);
        if (!isSealed)
        {
            json = file.ToArray();
            return false;
        }

        var rest = file[end..];
        json = [.. Opening, (byte)'\n', .. rest]; // a blank line for it, so that lines count as they do in the file
        return Encoding.ASCII.GetString(file.Slice(begin, Digits)) == Of(rest) ? true : throw new JsonException(
            "Its checksum does not fit its content: the file was damaged or changed after it was written.");
    }

    /// <summary>Makes sure that a file has a checksum exactly when its layout has one.</summary>
    /// <param name="schema">The layout that it says.</param>
    /// <param name="sealing">The first layout with a checksum.</param>
    /// <param name="current">The last one that this build knows.</param>
    /// <param name="isSealed">Whether it has one.</param>
    /// <exception cref="JsonException">It lacks one, has one too many, or is of a layout that this build does not know.</exception>
    public static void Demand(int schema, int sealing, int current, bool isSealed)
    {
        if (schema < 1 || schema > current)
        {
            throw new JsonException(FormattableString.Invariant(
                $"Its schema is {schema}; this build reads {string.Join(" and ", Enumerable.Range(1, current))}."));
        }

        if (isSealed != (schema >= sealing))
        {
            throw new JsonException(isSealed
                ? FormattableString.Invariant($"It has a checksum, which files of its schema, {schema}, have not.")
                : "Its checksum is gone: the second line of such a file is \"sha256\".");
        }
    }

    private static string Of(ReadOnlySpan<byte> rest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Opening);
        hash.AppendData(rest);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
