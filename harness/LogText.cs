using System.Text;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness;

/// <summary>
/// Turns what containers print, and what images, archives and engines say, into text that can be shown: no escape sequence, no
/// control character and no invisible sign survives, so nothing that a participant writes steers a terminal, a browser or an
/// editor. Pure.
/// </summary>
public static class LogText
{
    /// <summary>Cleans a log.</summary>
    /// <param name="raw">Bytes as printed; those that are no UTF-8 become U+FFFD.</param>
    /// <returns>Printable signs, tabs and line feeds. A lone carriage return, as progress bars print it, is a line feed.</returns>
    public static string Clean(ReadOnlySpan<byte> raw) => Clean(Encoding.UTF8.GetString(raw));

    /// <summary>Cleans a word or a sentence for a line of its own.</summary>
    /// <param name="text">What somebody else wrote.</param>
    /// <param name="most">Signs that are kept.</param>
    /// <returns>One line; one that was cut ends with an ellipsis.</returns>
    public static string Line(string text, int most = 100)
    {
        var clean = Clean(text).Replace('\n', ' ').Replace('\t', ' ').Trim();
        return Cut(clean, most);
    }

    /// <summary>Cuts text that is too long, never within a sign.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that are kept.</param>
    /// <returns>The text; one that was cut ends with an ellipsis.</returns>
    public static string Cut(string text, int most) => text.Length <= most ? text
        : $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}…";

    /// <summary>Cleans text.</summary>
    /// <param name="text">What somebody else wrote. Half of a surrogate pair becomes U+FFFD.</param>
    /// <returns>See <see cref="Clean(ReadOnlySpan{byte})"/>.</returns>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var rune = Rune.TryGetRuneAt(text, at, out var whole) ? whole : Rune.ReplacementChar;
            if (IsIntroducer(rune))
            {
                at = SkipSequence(text, at);
                continue;
            }

            at += rune.Utf16SequenceLength;
            if (rune.Value == '\r')
            {
                at += at < text.Length && text[at] == '\n' ? 1 : 0;
                clean.Append('\n');
            }
            else if (rune.Value is '\n' or '\t' || IsVisible(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>ESC, and the eight-bit forms of the sequences that it opens.</summary>
    private static bool IsIntroducer(Rune rune) => rune.Value is 0x1b or 0x90 or 0x98 or (>= 0x9b and <= 0x9f and not 0x9c);

    /// <summary>Where the text goes on behind a sequence. One that is cut off ends with its line.</summary>
    private static int SkipSequence(string text, int at)
    {
        var introducer = text[at++];
        if (at == text.Length)
        {
            return at;
        }

        var kind = introducer switch
        {
            '\u001b' => text[at++],
            '\u009b' => '[',
            _ => ']',
        };
        return kind switch
        {
            '[' => SkipWith(text, at, sign => sign is >= ' ' and < '@'),
            ']' or 'P' or 'X' or '^' or '_' => SkipString(text, at),
            >= ' ' and <= '/' => SkipWith(text, at, sign => sign is >= ' ' and <= '/'),
            < ' ' => at - 1, // no sequence after all; the sign stands for itself
            _ => at,
        };
    }

    /// <summary>A string of a terminal ends with BEL, with ESC and a backslash, or with U+009C.</summary>
    private static int SkipString(string text, int at)
    {
        while (at < text.Length && text[at] != '\n')
        {
            var sign = text[at++];
            if (sign is '\a' or '\u009c')
            {
                return at;
            }

            if (sign == '\u001b')
            {
                return at < text.Length && text[at] == '\\' ? at + 1 : at - 1;
            }
        }

        return at;
    }

    /// <summary>Parameters or intermediate signs, and the one sign that ends them.</summary>
    private static int SkipWith(string text, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return at < text.Length && text[at] is >= '0' and <= '~' ? at + 1 : at;
    }

    /// <summary>Whether a sign shows and steers nothing.</summary>
    /// <param name="rune">The sign.</param>
    internal static bool IsVisible(Rune rune) => !PlainText.IsUnseen(rune);
}
