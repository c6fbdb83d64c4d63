using System.Text.RegularExpressions;

namespace Touchstone.Evaluators;

/// <summary>
/// Guesses which structure a differently spelt name means, to be said and never to be scored by: <c>GallBladder</c>,
/// <c>left_kidney</c>, <c>IVC</c>, <c>pancreass</c>.
/// </summary>
public static partial class NameGuess
{
    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["ivc"] = "postcava",
        ["l"] = "left",
        ["lt"] = "left",
        ["r"] = "right",
        ["rt"] = "right",
        ["oesophagus"] = "esophagus",
    };

    /// <summary>The structure that is meant; null when none or several could be.</summary>
    /// <param name="name">The name that nobody knows.</param>
    /// <param name="candidates">What it may mean.</param>
    public static string? Of(string name, IReadOnlyCollection<string> candidates)
    {
        var words = WordsOf(name);
        return Only(candidates.Where(one => IsSame(words, WordsOf(one))))
            ?? Only(candidates.Where(one => IsPart(words, WordsOf(one))))
            ?? Only(candidates.Where(one => IsNear(words, WordsOf(one))));
    }

    /// <summary>The nearest of some words, where few letters differ; null when none is near.</summary>
    /// <param name="word">What somebody wrote.</param>
    /// <param name="candidates">What they may have meant.</param>
    public static string? Nearest(string word, IEnumerable<string> candidates) => candidates
        .Select(one => (Word: one, Edits: Edits(word, one))).Where(one => one.Edits <= Math.Max(1, Math.Min(word.Length, one.Word.Length) / 4))
        .OrderBy(one => one.Edits).ThenBy(one => one.Word, StringComparer.Ordinal).Select(one => one.Word).FirstOrDefault();

    private static string? Only(IEnumerable<string> candidates) => candidates.Take(2).ToList() is [var one] ? one : null;

    private static bool IsSame(string[] a, string[] b) => a.Order(StringComparer.Ordinal).SequenceEqual(b.Order(StringComparer.Ordinal))
        || string.Concat(a) == string.Concat(b);

    private static bool IsPart(string[] a, string[] b) => !a.Except(b).Any() || !b.Except(a).Any();

    private static bool IsNear(string[] a, string[] b) => a.Length == b.Length
        && a.Order(StringComparer.Ordinal).Zip(b.Order(StringComparer.Ordinal)).All(pair => IsNear(pair.First, pair.Second));

    /// <summary>Short words, in which a letter makes another organ (<c>L1</c>, <c>T1</c>), must be equal.</summary>
    private static bool IsNear(string a, string b) =>
        a == b || (Math.Min(a.Length, b.Length) >= 4 && Edits(a, b) <= (Math.Min(a.Length, b.Length) < 8 ? 1 : 2));

    /// <summary>Letters to insert, delete or replace.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1])));
            }
        }

        return row[b.Length];
    }

    private static string[] WordsOf(string name)
    {
        var spelt = string.Join('_', Word().Matches(name).Select(word => word.Value.ToLowerInvariant()));
        return [.. StructureNames.Canonical(spelt).Split('_').Select(word => Abbreviations.GetValueOrDefault(word, word))];
    }

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?[^\W_\p{Lu}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
