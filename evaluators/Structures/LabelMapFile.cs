using System.Globalization;

namespace Touchstone.Evaluators;

/// <summary>
/// Reads a label map of the user's own: a text file with a label and a structure a line, as in <c>1 aorta</c>,
/// <c>1,aorta</c>, <c>1: aorta</c> or <c>1 = aorta</c>. Empty lines and what follows a <c>#</c> are ignored.
/// </summary>
public static class LabelMapFile
{
    /// <summary>Reads a label map.</summary>
    /// <param name="path">The file; its name without extension becomes the map's.</param>
    /// <exception cref="FormatException">Lines are wrong; the message lists every one with its number.</exception>
    public static LabelMap Read(string path)
    {
        var structures = new Dictionary<byte, string>();
        var mistakes = new List<string>();
        foreach (var (index, text) in File.ReadLines(path).Index())
        {
            var line = text.Split('#')[0].Trim();
            if (line.Length > 0 && Mistake(line, structures) is { } mistake)
            {
                mistakes.Add($"line {index + 1}: {mistake}");
            }
        }

        if (structures.Count == 0 && mistakes.Count == 0)
        {
            mistakes.Add("there is no label in it");
        }

        return mistakes.Count == 0
            ? new LabelMap { Name = Path.GetFileNameWithoutExtension(path), Structures = structures }
            : throw new FormatException($"{path} is no label map: {string.Join("; ", mistakes)}.");
    }

    private static string? Mistake(string line, Dictionary<byte, string> structures)
    {
        var parts = line.Split([' ', '\t', ',', ';', ':', '='], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var label))
        {
            return $"\"{line}\" is not a label from 1 to 255 and a structure's name without spaces";
        }

        var structure = StructureNames.Canonical(parts[1]);
        if (label == 0)
        {
            return "label 0 is background";
        }

        return structures.ContainsValue(structure) ? $"{structure} has a label already"
            : !structures.TryAdd(label, structure) ? $"label {label} is {structures[label]} already"
            : null;
    }
}
