using System.Globalization;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>Reads one network of a study.</summary>
internal static class BackboneReader
{
    public static StudyBackbone Read(string name, YamlFields fields) => new()
    {
        Name = name,
        Title = fields.Text("title") ?? name,
        Image = fields.Text("image"),
        Command = fields.Text("command") ?? StudyBackbone.DefaultCommand,
        Settings = StudySettings.Read(fields),
    };
}

/// <summary>Reads one pre-training of a study. Which keys it may have depends on its kind.</summary>
internal static class PretrainingReader
{
    public static StudyPretraining Read(string name, YamlFields fields, StudyDefaults defaults)
    {
        var title = fields.Text("title") ?? name;
        var pretraining = new StudyPretraining
        {
            Name = name,
            Title = title,
            Family = fields.Text("family") ?? title,
            Backbones = fields.Node("backbones") is null ? null : fields.Texts("backbones"),
            Kind = fields.RequiredChoice(
                "kind",
                ("scratch", PretrainingKind.Scratch),
                ("trained", PretrainingKind.Trained),
                ("weights", PretrainingKind.Weights),
                ("imported", PretrainingKind.Imported)),
        };
        return pretraining.Kind switch
        {
            PretrainingKind.Trained => Trained(pretraining, fields, defaults),
            PretrainingKind.Weights => Stated(pretraining, fields) with { Weights = TextMap.Required(fields, "weights") },
            PretrainingKind.Imported => Stated(pretraining, fields),
            PretrainingKind.Scratch => pretraining,
        };
    }

    private static StudyPretraining Trained(StudyPretraining pretraining, YamlFields fields, StudyDefaults defaults)
    {
        var trained = pretraining with
        {
            Datasets = fields.RequiredTexts("datasets"),
            Structures = fields.RequiredTexts("structures"),
            Cases = TransferStudyFile.CaseNumber(fields, "cases"),
            Validation = Validation.Read(fields),
            Settings = StudySettings.Read(fields),
            Limits = defaults.LimitsOf(fields),
        };
        fields.NoteRepeats("datasets", trained.Datasets);
        fields.NoteRepeats("structures", trained.Structures);
        return trained;
    }

    private static StudyPretraining Stated(StudyPretraining pretraining, YamlFields fields) => pretraining with
    {
        Cases = fields.Number("cases", 1),
        StatedHours = fields.Number("hours", 0.0),
    };
}

/// <summary>Reads one task of a study.</summary>
internal static class TaskReader
{
    public static StudyTask Read(string name, YamlFields fields, StudyDefaults defaults)
    {
        var (protocol, tolerance) = defaults.MetricsOf(fields);
        var task = new StudyTask
        {
            Name = name,
            Title = fields.Text("title") ?? name,
            Structures = fields.RequiredTexts("structures"),
            Training = fields.RequiredText("training"),
            Validation = Validation.Read(fields),
            Test = fields.RequiredTexts("test"),
            Cases = fields.Node("cases") is null ? [null] : TransferStudyFile.CaseNumbers(fields, "cases"),
            Settings = StudySettings.Read(fields),
            Limits = defaults.LimitsOf(fields),
            Protocol = protocol,
            ToleranceMm = tolerance,
        };
        fields.NoteRepeats("structures", task.Structures);
        fields.NoteRepeats("test", task.Test);
        if (task.Cases.Count == 0)
        {
            fields.Note("cases", "\"cases\" must list at least one number of annotated cases.");
        }

        if (task.Test.Contains(task.Training) || task.Test.Contains(task.Validation?.Dataset ?? ""))
        {
            fields.Note("test", "a task cannot be tested on a dataset that it learns from.");
        }

        return task;
    }
}

/// <summary>Reads the key <c>validation</c>: a dataset, or a share such as 0.2.</summary>
internal static class Validation
{
    public static ValidationRule? Read(YamlFields fields)
    {
        if (fields.Text("validation") is not { } text)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share))
        {
            return new ValidationRule(text, null);
        }

        if (share is not (> 0 and < 1))
        {
            fields.Note("validation", $"\"validation\" is \"{text}\"; it must be a dataset, or a share between 0 and 1.");
        }

        return new ValidationRule(null, share);
    }
}

/// <summary>Reads groups of texts by name.</summary>
internal static class TextMap
{
    public static IReadOnlyDictionary<string, string> Required(YamlFields owner, string key) => Of(owner, key, owner.RequiredNode(key));

    public static IReadOnlyDictionary<string, string> Optional(YamlFields owner, string key) => Of(owner, key, owner.Node(key));

    private static Dictionary<string, string> Of(YamlFields owner, string key, YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var fields = new YamlFields(node, $"group of {key}", owner.Mistakes);
        return ((node as YamlNode.Map)?.Items ?? []).ToDictionary(item => item.Key, item => fields.RequiredText(item.Key));
    }
}
