using System.Globalization;
using System.Text.RegularExpressions;

namespace Touchstone.Evaluators;

/// <summary>
/// Reads a label map of the user's own: a text file with a label and a structure a line, as in <c>1 aorta</c>,
/// <c>1,aorta</c>, <c>1: aorta</c> or <c>1 = aorta</c>, the <c>dataset.json</c> of nnU-Net, the label descriptions of ITK-SNAP or
/// a colour table of 3D Slicer. A name may be in quotes, and must be when it has a space and only a space stands before it.
/// Empty lines and what follows a <c>#</c> are ignored, and so is a line that calls 0 the background.
/// </summary>
public static partial class LabelMapFile
{
    private const long MostBytes = 1 << 20;
    private const int MostMistakes = 10;
    private const int MostShown = 60;

    /// <summary>Reads a label map.</summary>
    /// <param name="path">The file; its name without extension becomes the map's.</param>
    /// <exception cref="FormatException">Lines are wrong; the message lists the first ten with their numbers.</exception>
    public static LabelMap Read(string path)
    {
        // Before it is opened: a pipe, which would block, has no length either.
        var length = (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length;
        if (length is 0 or > MostBytes)
        {
            throw new FormatException(
                $"{path} is no label map: {(length == 0 ? "there is no label in it" : $"it has {length} bytes")}.");
        }

        var text = File.ReadAllText(path);
        var entries = new LabelEntries();
        var mistakes = (text.TrimStart().StartsWith('{') ? DatasetJson.Add(text, entries)
            : SlicerTable.Is(text) ? SlicerTable.Add(text, entries)
            : AddLines(text, entries)).ToList();
        if (entries.Structures.Count == 0 && mistakes.Count == 0)
        {
            mistakes.Add("there is no label in it");
        }

        var others = mistakes.Count > MostMistakes ? $"; and {mistakes.Count - MostMistakes} more" : "";
        return mistakes.Count == 0
            ? new LabelMap { Name = Path.GetFileNameWithoutExtension(path), Structures = entries.Structures, Colours = entries.Colours }
            : throw new FormatException($"{path} is no label map: {string.Join("; ", mistakes.Take(MostMistakes))}{others}.");
    }

    private static IEnumerable<string> AddLines(string text, LabelEntries entries) =>
        from line in text.ReplaceLineEndings("\n").Split('\n').Index()
        let mistake = MistakeOf(line.Item, entries)
        where mistake is not null
        select $"line {line.Index + 1}: {mistake}";

    private static string? MistakeOf(string line, LabelEntries entries)
    {
        if (line.Trim() is "" or ['#', ..])
        {
            return null;
        }

        if (ColouredLine().Match(line) is { Success: true } coloured)
        {
            return MistakeOf(coloured, entries);
        }

        var parts = Line().Match(line);
        var name = parts.Groups["quoted"].Success ? parts.Groups["quoted"].Value : parts.Groups["name"].Value;
        if (!parts.Success || !int.TryParse(parts.Groups["label"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var label))
        {
            return $"\"{Shortened(line.Trim())}\" is not a label from 1 to 255 and a structure's name";
        }

        return parts.Groups["separator"].Value.Trim(' ') is "" && parts.Groups["name"].Value.Contains(' ')
            ? $"\"{Shortened(line.Trim())}\" has more than a label and a name; put a name with spaces in quotes"
            : entries.MistakeOf(label, name);
    }

    /// <summary>A line of ITK-SNAP (colour, opacity, two marks, name) or of 3D Slicer (name, colour with opacity).</summary>
    private static string? MistakeOf(Match line, LabelEntries entries)
    {
        var label = int.TryParse(line.Groups["label"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var colour = line.Groups["part"].Captures.Select(part => int.Parse(part.Value, CultureInfo.InvariantCulture)).ToArray();
        return colour.Any(part => part > byte.MaxValue)
            ? $"\"{Shortened(line.Value.Trim())}\" has a part of a colour beyond 255"
            : entries.MistakeOf(label, line.Groups["name"].Value, ColourOf(colour[0], colour[1], colour[2]));
    }

    /// <summary>Red, green and blue as a colour of CSS.</summary>
    internal static string ColourOf(int red, int green, int blue) => string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");

    private static string Shortened(string line) => ShownText.Of(line, MostShown);

    [GeneratedRegex(
        """^\s*"?(?<label>\d+)"?(?<separator>\ *[\t,;:=]\s*|\ +)(?:"(?<quoted>[^"]*)"|'(?<quoted>[^']*)'|(?<name>[^"'#\t,;:=][^"#\t,;:=]*?))\s*(?:\#.*)?$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(
        """^\s*(?<label>\d+)\s+(?:(?:(?<part>\d{1,3})\s+){3}[\d.]+\s+[01]\s+[01]\s+"(?<name>[^"]*)"|(?<name>[^\s"']*[^\s"'\d][^\s"']*)(?:\s+(?<part>\d{1,3})){3}\s+\d{1,3})\s*$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ColouredLine();
}
