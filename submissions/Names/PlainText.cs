using System.Globalization;
using System.Text;

namespace Touchstone.Submissions.Names;

/// <summary>
/// What people may write in one line: signs that can be seen, in the order in which they are read. Names, which tell one
/// from another, are also held to scripts that are not taken for each other.
/// </summary>
public static class PlainText
{
    private const int MostMarks = 2;

    /// <summary>The form in which text is kept: composed (NFC), and one ordinary blank wherever blanks stand.</summary>
    /// <param name="text">As it was written; what is not well-formed is left as it is, and refused by <see cref="Fault"/>.</param>
    public static string Fold(string text)
    {
        if (UnseenSign(text) is not null)
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var sign in Composition.Compose(text))
        {
            var isBlank = IsBlank(sign);
            if (!isBlank || folded.Length == 0 || folded[^1] != ' ')
            {
                folded.Append(isBlank ? ' ' : sign);
            }
        }

        return folded.ToString();
    }

    /// <summary>What keeps a text from being used, in a sentence for whoever wrote it; null for nothing.</summary>
    /// <param name="what">What it is, such as "team's name".</param>
    /// <param name="text">The text, folded unless every sign must stay as it is.</param>
    /// <param name="longest">Most characters.</param>
    public static string? Fault(string what, string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl) || text != text.Trim())
        {
            return $"The {what} must have 1 to {longest} characters, no line breaks or control characters, and no blanks around it.";
        }

        return UnseenSign(text) is { } sign
            ? $"The {what} holds a sign that nobody sees, or that stands for nothing: {Name(sign)}. Leave it out."
            : null;
    }

    /// <summary>What keeps a text from being a name that others are told apart from; null for nothing.</summary>
    /// <inheritdoc cref="Fault" path="/param"/>
    public static string? NameFault(string what, string? text, int longest)
    {
        if (Fault(what, text, longest) is { } fault)
        {
            return fault;
        }

        if (ScriptMix.Fault(text!) is { } mix)
        {
            return $"The {what} {mix}";
        }

        return HasPiledMarks(text!)
            ? $"The {what} holds a mark without a letter, or more than {MostMarks} marks on one. Write it without them."
            : !text!.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? $"The {what} must have a letter or a digit." : null;
    }

    /// <summary>Whether nothing of a sign is seen: it changes direction, joins, is no character, or draws nothing.</summary>
    /// <param name="sign">The sign.</param>
    public static bool IsUnseen(Rune sign) => Rune.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
        || DrawsNothing(sign.Value);

    // Ignorable by UAX 44 but not of the category Cf: joiners and fillers of single scripts, selectors of variants, and the
    // empty pattern of Braille.
    private static bool DrawsNothing(int sign) => sign is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164
        or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static int? UnseenSign(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                return text[i];
            }

            if (IsUnseen(rune))
            {
                return rune.Value;
            }

            i += rune.Utf16SequenceLength;
        }

        return null;
    }

    private static bool HasPiledMarks(string text)
    {
        var marks = MostMarks;
        foreach (var rune in text.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : rune.Value == ' ' ? MostMarks : 0;
            if (marks > MostMarks)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBlank(char sign) => char.GetUnicodeCategory(sign) == UnicodeCategory.SpaceSeparator;

    private static string Name(int sign) => string.Create(CultureInfo.InvariantCulture, $"U+{sign:X4}");
}
