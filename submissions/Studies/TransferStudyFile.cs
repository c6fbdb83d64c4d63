using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>Reads the files of transfer studies.</summary>
public static partial class TransferStudyFile
{
    /// <summary>What a job may use where the file says nothing: a day, 16 GiB of memory and 4 GiB of output.</summary>
    public static SandboxLimits DefaultLimits { get; } =
        new() { WallTime = TimeSpan.FromDays(1), OutputBytes = 4L << 30, ProcessCount = 512 };

    /// <summary>Reads the text of a study file.</summary>
    /// <param name="id">The file's name without extension.</param>
    /// <param name="file">How messages name the file.</param>
    /// <param name="text">Its content.</param>
    /// <param name="vocabulary">What the file may name; null to leave names unchecked.</param>
    /// <exception cref="MistakesException">The file has mistakes; all of them are listed.</exception>
    public static TransferStudy Parse(string id, string file, string text, StudyVocabulary? vocabulary = null)
    {
        var mistakes = new List<Mistake>();
        if (!IsName(id))
        {
            mistakes.Add(new Mistake(1, $"the study is called \"{id}\" after its file: {NameRule}"));
        }

        var study = YamlNode.Parse(text, mistakes) is { } root
            ? Read(id, new YamlFields(root, "study", mistakes), text, vocabulary)
            : null;
        return study is null || mistakes.Count > 0 ? throw new MistakesException(file, mistakes) : study;
    }

    private static TransferStudy Read(string id, YamlFields fields, string text, StudyVocabulary? vocabulary)
    {
        var defaults = StudyDefaults.Read(fields);
        var study = new TransferStudy
        {
            Id = id,
            Title = fields.RequiredText("title"),
            Description = fields.Text("description"),
            Seed = fields.Number("seed", 0L) ?? 1,
            Trials = fields.Number("trials", 1) ?? 1,
            Backbones = Group(fields, "backbones", "backbone", BackboneReader.Read),
            Pretrainings = Group(fields, "pretrainings", "pre-training", (name, one) => PretrainingReader.Read(name, one, defaults)),
            Tasks = Group(fields, "tasks", "task", (name, one) => TaskReader.Read(name, one, defaults)),
            Exclusions = GridReader.Exclusions(fields),
            Imports = GridReader.Imports(fields),
            Comparison = GridReader.Comparison(fields),
            Reported = GridReader.Reported(fields),
            FewShot = fields.Node("few-shot") is null ? null : [.. CaseNumbers(fields, "few-shot").OfType<int>()],
            ImageBytes = defaults.ImageBytes,
            NeedsGpu = fields.Choice("gpu", "no", "yes") == "yes",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
        fields.RejectOthers();
        StudyConsistency.Check(study, fields);
        vocabulary?.Check(study, fields);
        return study;
    }

    /// <summary>Things by their names, in file order; at least one.</summary>
    private static List<T> Group<T>(YamlFields study, string key, string what, Func<string, YamlFields, T> read)
    {
        var things = new List<T>();
        if (study.RequiredNode(key) is not { } node)
        {
            return things;
        }

        var group = new YamlFields(node, $"group of {key}", study.Mistakes);
        foreach (var (name, line, value) in (node as YamlNode.Map)?.Items ?? [])
        {
            if (!IsName(name))
            {
                study.Mistakes.Add(new Mistake(line, $"\"{name}\" is no name of a {what}: {NameRule}"));
            }

            // An empty group is a mistake of its own where something is required in it.
            var fields = new YamlFields(value is YamlNode.Value { Text: null } ? new YamlNode.Map(line, []) : value, what, study.Mistakes);
            things.Add(read(name, fields));
            fields.RejectOthers();
        }

        if (node is YamlNode.Map { Items.Count: 0 })
        {
            study.Note(key, $"\"{key}\" must have at least one {what}.");
        }

        return group.IsBroken ? [] : things;
    }

    /// <summary>Numbers of cases, ascending; null, the last then, for <c>all</c>.</summary>
    internal static IReadOnlyList<int?> CaseNumbers(YamlFields fields, string key)
    {
        string[] texts = fields.Node(key) is YamlNode.Value ? [fields.RequiredText(key)] : [.. fields.Texts(key)];
        fields.NoteRepeats(key, texts);
        var numbers = new List<int?>();
        foreach (var text in texts)
        {
            if (text == All)
            {
                numbers.Add(null);
            }
            else if (int.TryParse(text, out var number) && number >= 1)
            {
                numbers.Add(number);
            }
            else
            {
                fields.Note(key, $"\"{text}\" in \"{key}\" must be a number of 1 or more, or {All}.");
            }
        }

        return [.. numbers.OrderBy(number => number ?? int.MaxValue)];
    }

    /// <summary>The number of cases of a key; null for <c>all</c>, and for nothing.</summary>
    internal static int? CaseNumber(YamlFields fields, string key) =>
        fields.Node(key) is YamlNode.Value { Text: All } ? null : fields.Number(key, 1);

    /// <summary>Names become names of folders, and parts of names of jobs, which dots join.</summary>
    internal static bool IsName(string text) => NamePattern().IsMatch(text);

    internal const string NameRule = "use lower-case letters, digits and hyphens, 40 at most.";

    private const string All = "all";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}\\z")]
    private static partial Regex NamePattern();
}
