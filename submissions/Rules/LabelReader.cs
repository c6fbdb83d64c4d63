using System.Globalization;
using System.Text.RegularExpressions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>Reads what a challenge file says under <c>labels</c>: the name of a numbering, or a group of structures with their labels.</summary>
internal static partial class LabelReader
{
    private const int LongestText = 80;

    /// <summary>What was read.</summary>
    /// <param name="Name">Name of the numbering: the challenge's id where it has its own.</param>
    /// <param name="Numbers">Structures by label; empty where nobody told what the numbering holds.</param>
    /// <param name="Facts">What else is said of structures.</param>
    /// <param name="Structures">The structures in the file's order.</param>
    internal sealed record Labels(
        string Name,
        IReadOnlyDictionary<byte, string> Numbers,
        IReadOnlyDictionary<string, StructureFacts> Facts,
        IReadOnlyList<string> Structures);

    /// <summary>Reads it.</summary>
    /// <param name="id">Id of the challenge.</param>
    /// <param name="challenge">The challenge file.</param>
    /// <param name="vocabulary">Numberings and names; null to leave names unchecked.</param>
    public static Labels Read(string id, YamlFields challenge, ChallengeVocabulary? vocabulary)
    {
        if (challenge.RequiredNode("labels") is YamlNode.Map map)
        {
            return ReadOwn(id, map, challenge.Mistakes, vocabulary);
        }

        var name = challenge.RequiredText("labels");
        var known = name.Length == 0 ? null : vocabulary?.Labels.GetValueOrDefault(name);
        if (known is null && vocabulary is not null && name.Length > 0)
        {
            challenge.Note("labels", vocabulary.FaultOfLabels ?? $"there is no numbering \"{name}\", and no file of that name beside this one. "
                + $"Known: {string.Join(", ", vocabulary.Labels.Keys)}; or give a file, or a group such as {{ liver: 1, liver_tumour: 2 }}.");
        }

        known ??= new Dictionary<byte, string>();
        return new Labels(
            name, known, new Dictionary<string, StructureFacts>(), [.. known.OrderBy(one => one.Key).Select(one => one.Value)]);
    }

    private static Labels ReadOwn(string id, YamlNode.Map map, ICollection<Mistake> mistakes, ChallengeVocabulary? vocabulary)
    {
        var (numbers, facts) = (new Dictionary<byte, string>(), new Dictionary<string, StructureFacts>(StringComparer.Ordinal));
        foreach (var (name, line, node) in map.Items)
        {
            var (label, read) = Entry(name, node, mistakes);
            string?[] faults =
            [
                vocabulary?.FaultOfStructure(name, facts.Keys),
                label is not (>= 1 and <= byte.MaxValue) ? $"\"{name}\" needs a label, a whole number from 1 to 255 (0 is background)."
                    : !numbers.TryAdd((byte)label, name) ? $"label {label} is {numbers[(byte)label]} already." : null,
            ];
            foreach (var fault in faults.OfType<string>())
            {
                mistakes.Add(new Mistake(line, fault));
            }

            facts[name] = read;
        }

        if (map.Items.Count == 0)
        {
            mistakes.Add(new Mistake(map.Line, "\"labels\" names no structure."));
        }

        return new Labels(
            id, numbers, facts.Where(one => one.Value != new StructureFacts()).ToDictionary(), [.. map.Items.Select(item => item.Key)]);
    }

    private static (int? Label, StructureFacts Facts) Entry(string name, YamlNode node, ICollection<Mistake> mistakes)
    {
        if (node is YamlNode.Value value)
        {
            return (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, new StructureFacts());
        }

        var fields = new YamlFields(node, $"structure {name}", mistakes);
        var label = fields.Number("label", 1);
        var facts = new StructureFacts
        {
            Caption = Line(fields, "caption"),
            Colour = Colour(fields),
            Group = Line(fields, "group"),
            IsHard = fields.Node("hard") is null ? null : fields.RequiredChoice("hard", ("no", false), ("yes", true)),
        };
        fields.RejectOthers();
        return (label, facts);
    }

    private static string? Line(YamlFields fields, string key)
    {
        var text = fields.Text(key)?.Trim();
        if (text is not null && (text.Length is 0 or > LongestText || text.Any(char.IsControl)))
        {
            fields.Note(key, $"\"{key}\" must be one line of at most {LongestText} characters.");
        }

        return text;
    }

    private static string? Colour(YamlFields fields)
    {
        var text = fields.Text("colour");
        if (text is not null && !Hexadecimal().IsMatch(text))
        {
            fields.Note("colour", $"\"colour\" is \"{text}\"; it must be red, green and blue in quotes, such as \"#c83232\".");
        }

        return text?.ToLowerInvariant();
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}\\z")]
    private static partial Regex Hexadecimal();
}
