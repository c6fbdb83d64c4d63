namespace Touchstone.Harness.Sandbox;

/// <summary>What keeps a shell from reading a script as its writer meant it, and which scripts a text starts. Pure.</summary>
internal static class ScriptText
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "source", ".", "exec", "/bin/sh", "/bin/bash", "/usr/bin/bash"];

    /// <summary>What is wrong with a script.</summary>
    /// <param name="path">Its path in the image, for the words.</param>
    /// <param name="text">Its first bytes.</param>
    /// <returns>What it is, and what helps; null for nothing, and for what is no script.</returns>
    public static string? FaultOf(string path, ReadOnlySpan<byte> text)
    {
        var name = Path.GetFileName(path);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || text.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            return $"{path} is UTF-16 text, which no shell reads: save it as UTF-8 without a byte-order mark.";
        }

        if (text.Contains((byte)0))
        {
            return null;
        }

        var hasMark = text.StartsWith("\ufeff"u8);
        return (HasWindowsEnds(text), hasMark) switch
        {
            (true, false) => $"{path} has Windows line ends (CRLF), which shells take for part of each line: {Cure(name)}.",
            (true, true) => $"{path} begins with a byte-order mark and has Windows line ends (CRLF), which shells take for part of "
                + $"each line: {Cure(name)}, and save it as UTF-8 without the mark.",
            (false, true) => $"{path} begins with a byte-order mark, before which no #! counts: save it as UTF-8 without the mark "
                + $"(sed -i '1s/^\\xEF\\xBB\\xBF//' {name}).",
            _ => null,
        };
    }

    /// <summary>
    /// Paths of scripts that a command or a script starts: what a shell is told to read, what ends in .sh, and what is called by
    /// its path. Values of variables are not known, so that their paths are what follows them.
    /// </summary>
    /// <param name="text">The command or script.</param>
    public static IEnumerable<string> Started(string text)
    {
        foreach (var line in text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
        {
            foreach (var part in line.Split([';', '&', '|', '(', ')', '`', '{', '}'], StringSplitOptions.RemoveEmptyEntries))
            {
                string[] words = [.. part.Split([' ', '\t', '\r', '"', '\'', '<', '>'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] != '-')];
                foreach (var (index, word) in words.Index())
                {
                    var isCalled = index == 0 ? word.Contains('/', StringComparison.Ordinal) : Shells.Contains(words[index - 1]);
                    if ((isCalled || word.EndsWith(".sh", StringComparison.Ordinal)) && !Shells.Contains(word) && !word.Contains('$', StringComparison.Ordinal)
                        && !word.Any(char.IsControl))
                    {
                        yield return word;
                    }
                }
            }
        }
    }

    /// <summary>Whether a line ends in CR and LF. A CR inside a line is the script's own affair.</summary>
    private static bool HasWindowsEnds(ReadOnlySpan<byte> text) =>
        text.IndexOf("\r\n"u8) >= 0 || (text.EndsWith("\r"u8) && !text.Contains((byte)'\n'));

    private static string Cure(string name) => $"sed -i 's/\\r$//' {name} mends it, and git config core.autocrlf input keeps it so";
}
