using System.Text;

namespace Touchstone.Evaluators;

/// <summary>What a file says, in a message: short, on one line, and without signs that steer a terminal. Pure.</summary>
internal static class ShownText
{
    /// <summary>The text as it can be shown.</summary>
    /// <param name="text">As the file has it.</param>
    /// <param name="most">Signs that are kept; an ellipsis stands for the others.</param>
    public static string Of(string text, int most)
    {
        var shown = new StringBuilder();
        foreach (var sign in text.EnumerateRunes().Take(most))
        {
            shown.Append(Rune.IsControl(sign) ? " " : sign.ToString());
        }

        return text.EnumerateRunes().Skip(most).Any() ? $"{shown}…" : shown.ToString();
    }
}
