using System.Text;
using Touchstone.Evaluators;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Runs;

/// <summary>
/// The text of a challenge file. Where it names a file of labels, their structures stand in the text in place of that name, so
/// that the rules are whole wherever the text goes: into a workspace, a hash, a download.
/// </summary>
/// <param name="Text">The text, without reference to any other file.</param>
/// <param name="Bytes">The same as it is kept: as it was written where nothing was put in.</param>
/// <param name="FaultOfLabels">Why the file of labels cannot be used; null where it can, or there is none.</param>
internal sealed record ChallengeText(string Text, byte[] Bytes, string? FaultOfLabels)
{
    /// <summary>Reads a challenge file.</summary>
    /// <param name="path">The file; a file of labels is looked for from its folder.</param>
    public static ChallengeText Read(string path)
    {
        var bytes = RegularFile.ReadAllBytes(path);
        var asWritten = new ChallengeText(Decode(bytes), bytes, FaultOfLabels: null);
        if (YamlNode.Parse(asWritten.Text, []) is not YamlNode.Map root
            || root.Items.FirstOrDefault(item => item.Key == "labels").Value is not YamlNode.Value { Text: { Length: > 0 } name } node
            || LabelMaps.Find(name) is not null)
        {
            return asWritten;
        }

        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
        if (!File.Exists(file))
        {
            return asWritten;
        }

        try
        {
            RegularFile.Demand(file);
            var text = $"{asWritten.Text[..node.Start]}{Group(LabelMapFile.Read(file))}{asWritten.Text[node.End..]}";
            return new ChallengeText(text, Encoding.UTF8.GetBytes(text), FaultOfLabels: null);
        }
        catch (FormatException fault)
        {
            return asWritten with { FaultOfLabels = fault.Message };
        }
    }

    private static string Decode(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Labels as a group of YAML in one line, which moves no other line.</summary>
    private static string Group(LabelMap labels) => $"{{ {string.Join(", ", labels.Structures.OrderBy(one => one.Key).Select(one =>
        $"{QuotedText.Of(StructureNames.Canonical(StructureNames.WithoutBlanks(one.Value)))}: {Entry(one.Key, labels.Colours.GetValueOrDefault(one.Value))}"))} }}";

    private static string Entry(byte label, string? colour) => colour is null
        ? FormattableString.Invariant($"{label}") : FormattableString.Invariant($"{{ label: {label}, colour: \"{colour}\" }}");
}
