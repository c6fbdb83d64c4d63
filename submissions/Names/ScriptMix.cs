namespace Touchstone.Submissions.Names;

/// <summary>
/// The "highly restrictive" level of UTS 39: a name is written in one script, or in those that Chinese, Japanese and Korean
/// are written in together with Latin.
/// </summary>
internal static class ScriptMix
{
    private static readonly string[][] Together =
    [
        ["Latin", "Han", "Hiragana", "Katakana"], ["Latin", "Han", "Bopomofo"], ["Latin", "Han", "Hangul"],
    ];

    /// <summary>What is wrong with the scripts of a name, as the end of a sentence; null for nothing.</summary>
    /// <param name="name">The name.</param>
    public static string? Fault(string name)
    {
        var scripts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sign in name.EnumerateRunes())
        {
            if (SignTables.Known.Script(sign.Value) is not { } script)
            {
                return $"holds \"{sign}\", which is of no script that names are written in here. Leave it out.";
            }

            if (script is not ("Common" or "Inherited"))
            {
                scripts.Add(script);
            }
        }

        return scripts.Count <= 1 || Together.Any(scripts.IsSubsetOf)
            ? null
            : $"mixes letters of scripts that look like each other: {string.Join(", ", scripts)}. Write it in one of them.";
    }
}
