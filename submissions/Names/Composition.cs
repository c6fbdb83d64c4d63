using System.Text;

namespace Touchstone.Submissions.Names;

/// <summary>Unicode's canonical forms (UAX 15), for the scripts that names are written in.</summary>
internal static class Composition
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    /// <summary>The composed form, NFC.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    public static string Compose(string text)
    {
        var signs = Signs(text);
        var composed = new List<int>(signs.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var sign in signs)
        {
            var signClass = SignTables.Known.Class(sign);
            var isBlocked = starter < 0 || (lastClass >= signClass && composed.Count - 1 > starter);
            if (!isBlocked && Together(composed[starter], sign) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            if (signClass == 0)
            {
                starter = composed.Count;
            }

            lastClass = signClass;
            composed.Add(sign);
        }

        return Text(composed);
    }

    /// <summary>The decomposed form, NFD.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    public static string Decompose(string text) => Text(Signs(text));

    private static List<int> Signs(string text)
    {
        var signs = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Add(signs, rune.Value);
        }

        // Marks behind one letter stand by their class; those of one class keep their order.
        for (var from = 0; from < signs.Count; from++)
        {
            var marks = signs.Skip(from).TakeWhile(sign => SignTables.Known.Class(sign) > 0).OrderBy(SignTables.Known.Class).ToList();
            for (var i = 0; i < marks.Count; i++)
            {
                signs[from + i] = marks[i];
            }

            from += marks.Count;
        }

        return signs;
    }

    private static void Add(List<int> signs, int sign)
    {
        var syllable = sign - SyllableBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            signs.Add(LeadBase + (syllable / (Vowels * Tails)));
            signs.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails > 0)
            {
                signs.Add(TailBase + (syllable % Tails));
            }
        }
        else if (SignTables.Known.Parts.TryGetValue(sign, out var parts))
        {
            foreach (var part in parts)
            {
                Add(signs, part);
            }
        }
        else
        {
            signs.Add(sign);
        }
    }

    private static int? Together(int first, int second)
    {
        var (lead, vowel, tail) = (first - LeadBase, second - VowelBase, second - TailBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            return SyllableBase + (((lead * Vowels) + vowel) * Tails);
        }

        var syllable = first - SyllableBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
        {
            return first + tail;
        }

        return SignTables.Known.Pairs.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static string Text(List<int> signs)
    {
        var text = new StringBuilder(signs.Count);
        foreach (var sign in signs)
        {
            text.Append(new Rune(sign).ToString());
        }

        return text.ToString();
    }
}
