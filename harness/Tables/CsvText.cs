using System.Text;
using Touchstone.Harness.Runs;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Tables;

/// <summary>What comes before the cells of a CSV file: its characters, and what separates cells.</summary>
internal static class CsvText
{
    private const int MostBytes = 256 << 20;

    private static readonly (char Separator, string Name)[] Separators =
        [(',', "commas"), (';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];

    /// <summary>The text of a file: UTF-8, or UTF-16 or UTF-32 with its mark.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">It is absent.</exception>
    /// <exception cref="MistakesException">It is empty, too large, or no text.</exception>
    public static string Read(string path) => Decode(path, ReadBytes(path));

    /// <summary>The bytes of a file.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <inheritdoc cref="Read" path="/exception"/>
    /// <exception cref="IOException">It is something else than a file.</exception>
    public static byte[] ReadBytes(string path)
    {
        using var file = RegularFile.OpenRead(path);
        if (file.Length is 0 or > MostBytes)
        {
            throw Wrong(path, 1, file.Length == 0 ? "there is nothing in it." : $"it is larger than {MostBytes >> 20} MiB.");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The text that bytes are.</summary>
    /// <param name="path">How messages name the file.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="MistakesException">They are no text.</exception>
    public static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        Encoding encoding = bytes switch
        {
            [0xff, 0xfe, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
            [0xff, 0xfe, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xfe, 0xff, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
        var text = bytes.StartsWith(encoding.Preamble) ? bytes[encoding.Preamble.Length..] : bytes;
        try
        {
            var read = encoding.GetString(text);
            return read.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var at
                ? throw Wrong(path, read.AsSpan(0, at).Count('\n') + 1, "there is a character 0, which no text has: save the file as UTF-8.")
                : read;
        }
        catch (DecoderFallbackException fault)
        {
            var line = text[..Math.Clamp(fault.Index, 0, text.Length)].Count((byte)'\n') + 1;
            throw Wrong(path, line, "there are characters in another encoding: save the file as UTF-8.");
        }
    }

    /// <summary>What may separate the names in the first line that is not blank; a comma when there is only one name.</summary>
    /// <param name="text">The text of a file.</param>
    /// <returns>The separators in that line outside quotes; several where a name holds another one.</returns>
    public static IReadOnlyList<char> SeparatorsIn(string text)
    {
        var found = new HashSet<char>();
        var isQuoted = false;
        foreach (var letter in text.AsSpan().TrimStart("\r\n"))
        {
            isQuoted ^= letter == '"';
            if (letter is '\r' or '\n' && !isQuoted)
            {
                break;
            }

            if (!isQuoted && Separators.Any(one => one.Separator == letter))
            {
                found.Add(letter);
            }
        }

        return found.Count == 0 ? [','] : [.. found];
    }

    /// <summary>Says that it is not certain what separates cells.</summary>
    /// <param name="path">How messages name the file.</param>
    /// <param name="found">What might.</param>
    public static MistakesException Ambiguous(string path, IReadOnlyList<char> found) => Wrong(
        path, 1,
        $"{string.Join(" and ", Separators.Where(one => found.Contains(one.Separator)).Select(one => one.Name))} stand between the "
        + "names of the columns: use one of them, and quote names that hold another.");

    private static MistakesException Wrong(string path, int line, string message) => new(path, [new Mistake(line, message)]);
}
