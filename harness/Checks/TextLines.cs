namespace Touchstone.Harness.Checks;

/// <summary>Lines of plain text. Pure.</summary>
internal static class TextLines
{
    private const int Width = 110;

    /// <summary>Breaks a paragraph between words; the lines after the first begin under it.</summary>
    /// <param name="head">What the first line begins with.</param>
    /// <param name="text">The paragraph.</param>
    /// <returns>Lines of at most 110 signs, longer words apart, each with its line feed.</returns>
    public static string Wrap(string head, string text)
    {
        var (lines, line) = ("", head);
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length > Width && line.Length > head.Length)
            {
                lines += $"{line.TrimEnd()}\n";
                line = new string(' ', head.Length);
            }

            line += $"{word} ";
        }

        return $"{lines}{line.TrimEnd()}\n";
    }
}

/// <summary>Plain columns. Pure.</summary>
internal static class TextTable
{
    /// <summary>Writes a table, indented by two blanks, each column as wide as its widest cell.</summary>
    /// <param name="header">The columns' names.</param>
    /// <param name="rows">As many cells each.</param>
    public static string Of(string[] header, IReadOnlyList<string[]> rows)
    {
        var widths = header.Select((name, i) => rows.Select(row => row[i].Length).Append(name.Length).Max()).ToArray();
        return string.Concat(rows.Prepend(header).Select(Line));

        string Line(string[] row) => $"  {string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))}".TrimEnd() + "\n";
    }
}
