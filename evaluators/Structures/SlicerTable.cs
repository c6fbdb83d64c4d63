using System.Globalization;
using System.Text.RegularExpressions;

namespace Touchstone.Evaluators;

/// <summary>
/// A colour table that 3D Slicer saved as CSV: columns <c>LabelValue</c>, <c>Name</c>, <c>Color_R</c>, <c>Color_G</c>,
/// <c>Color_B</c> and others. Its other form, with blanks between, is read line by line like any label map.
/// </summary>
internal static partial class SlicerTable
{
    private const string Label = "LabelValue", Name = "Name";
    private static readonly string[] Colour = ["Color_R", "Color_G", "Color_B"];

    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) => text.TrimStart('\uFEFF').StartsWith($"{Label},", StringComparison.Ordinal);

    /// <summary>Adds the labels to a map.</summary>
    /// <param name="text">The file.</param>
    /// <param name="entries">Where to.</param>
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Add(string text, LabelEntries entries)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var columns = Cells(lines[0]);
        var (label, name) = (Array.IndexOf(columns, Label), Array.IndexOf(columns, Name));
        int[] colour = [.. Colour.Select(part => Array.IndexOf(columns, part))];
        if (name < 0)
        {
            return [$"line 1: it has no column {Name}"];
        }

        return from line in lines.Index().Skip(1)
               where line.Item.Trim().Length > 0
               let cells = Cells(line.Item)
               let mistake = Part(cells, label) is { } number
                   ? entries.MistakeOf(number, cells.ElementAtOrDefault(name) ?? "", ColourOf(cells, colour))
                   : $"\"{cells.ElementAtOrDefault(label)}\" is not a label from 1 to 255"
               where mistake is not null
               select $"line {line.Index + 1}: {mistake}";
    }

    private static string? ColourOf(string[] cells, int[] columns) => columns.Select(column => Part(cells, column)).ToArray() is
        [{ } red and <= 255, { } green and <= 255, { } blue and <= 255] ? LabelMapFile.ColourOf(red, green, blue) : null;

    private static int? Part(string[] cells, int column) =>
        int.TryParse(cells.ElementAtOrDefault(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A value with a comma stands in quotes; quotes are never part of one.</summary>
    private static string[] Cells(string line) => [.. Cell().Matches(line).Select(cell => cell.Groups["cell"].Value.Trim())];

    [GeneratedRegex("""(?:^|,)(?:"(?<cell>[^"]*)"|(?<cell>[^,]*))""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Cell();
}
