using System.Text.RegularExpressions;

namespace Touchstone.Evaluators;

/// <summary>
/// The names of anatomical structures: AbdomenAtlas names are canonical, and other spellings map to them. Anybody's own
/// structure has a name of ASCII letters, digits, <c>_</c>, <c>-</c> and <c>.</c> that begins with a letter or digit. Names are
/// compared exactly, and two that differ in case only are not used side by side. Where files of others have blanks in names,
/// <see cref="WithoutBlanks"/> makes them one.
/// </summary>
public static partial class StructureNames
{
    /// <summary>The grammar in words, for messages.</summary>
    public const string Rule = "use letters of ASCII, digits, \"_\", \"-\" and \".\", 64 at most, the first a letter or digit.";

    private const int MostShown = 80;

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["inferior_vena_cava"] = "postcava",
        ["gallbladder"] = "gall_bladder",
        ["urinary_bladder"] = "bladder",
        ["small_bowel"] = "intestine",
        ["kidney_l"] = "kidney_left",
        ["kidney_r"] = "kidney_right",
    };

    /// <summary>The canonical name of a structure; a name without a synonym is its own canonical name.</summary>
    /// <param name="name">Any spelling the field uses, such as <c>gallbladder</c>.</param>
    public static string Canonical(string name) => Synonyms.GetValueOrDefault(name, name);

    /// <summary>A name with <c>_</c> for each blank.</summary>
    /// <param name="name">As a file of others has it, such as <c>Left Kidney</c>.</param>
    public static string WithoutBlanks(string name) => name.Replace(' ', '_');

    /// <summary>What is wrong with a name, in a sentence; null when it is one.</summary>
    /// <param name="name">As somebody wrote it.</param>
    public static string? FaultOf(string name)
    {
        if (Grammar().IsMatch(name))
        {
            return null;
        }

        return $"\"{ShownText.Of(name, MostShown)}\" is no name of a structure: {Rule}";
    }

    /// <summary>The first two of some names that differ in case only, in a sentence; null when there are none.</summary>
    /// <param name="names">The names, each once.</param>
    public static string? TwinsAmong(IEnumerable<string> names) => names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Select(same => same.Take(2).ToArray())
        .FirstOrDefault(same => same.Length > 1) is [var first, var second]
        ? $"\"{first}\" and \"{second}\" differ in case only: call them by names that cannot be mistaken for each other." : null;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\\z")]
    private static partial Regex Grammar();
}
