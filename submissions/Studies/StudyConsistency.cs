using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>What must fit together within one study, whatever the datasets.</summary>
internal static class StudyConsistency
{
    public static void Check(TransferStudy study, YamlFields fields)
    {
        CheckNames(study, fields);
        if (study.Pretrainings.Count(one => one.Kind == PretrainingKind.Scratch) > 1)
        {
            fields.Note("pretrainings", "one pre-training of kind \"scratch\" is enough: the others are compared with it.");
        }

        foreach (var backbone in study.Backbones.Where(one => one.Image is null && Trains(study, one)))
        {
            fields.Note("backbones", $"\"{backbone.Name}\" needs an \"image\": only cells of imported pre-trainings do without.");
        }

        foreach (var one in study.Pretrainings.Where(one => one.Kind == PretrainingKind.Weights))
        {
            foreach (var backbone in study.Backbones.Where(net => one.IsOf(net.Name) && !one.Weights.ContainsKey(net.Name)))
            {
                fields.Note(
                    "pretrainings",
                    $"\"{one.Name}\" has no \"weights\" for {backbone.Name}; name the networks that it has in \"backbones\".");
            }
        }

        foreach (var import in study.Imports.Where(one => study.Pretrainings.Any(
            known => known.Name == one.Pretraining && known.Kind != PretrainingKind.Imported)))
        {
            fields.Note("imported", $"\"{import.Pretraining}\" is trained here: only cells of pre-trainings of kind \"imported\" are imported.");
        }
    }

    private static bool Trains(TransferStudy study, StudyBackbone backbone) =>
        study.Pretrainings.Any(one => one.Kind != PretrainingKind.Imported && one.IsOf(backbone.Name));

    private static void CheckNames(TransferStudy study, YamlFields fields)
    {
        string[] backbones = [.. study.Backbones.Select(one => one.Name)];
        string[] pretrainings = [.. study.Pretrainings.Select(one => one.Name)];
        string[] tasks = [.. study.Tasks.Select(one => one.Name)];
        string[] structures = [.. study.Tasks.SelectMany(one => one.Structures).Distinct()];
        foreach (var one in study.Pretrainings)
        {
            Known("pretrainings", "backbone", backbones, [.. one.Backbones ?? [], .. one.Weights.Keys]);
        }

        foreach (var one in study.Exclusions)
        {
            Cell("exclude", one.Backbone, one.Pretraining, one.Task);
        }

        foreach (var one in study.Imports)
        {
            Cell("imported", one.Backbone, one.Pretraining, one.Task);
        }

        if (study.Comparison is { } comparison)
        {
            Cell("comparison", comparison.Backbone, comparison.First, comparison.Task);
            Cell("comparison", null, comparison.Second, null);
        }

        foreach (var one in study.Reported)
        {
            Known("reported", "backbone", backbones, one.Backbones.Keys);
            Known("reported", "pre-training", pretrainings, one.Pretrainings.Keys);
            Known("reported", "task", tasks, one.Tasks.Keys);
            Known("reported", "structure", structures, one.Structures.Keys);
        }

        void Cell(string key, string? backbone, string? pretraining, string? task)
        {
            Known(key, "backbone", backbones, backbone is null ? [] : [backbone]);
            Known(key, "pre-training", pretrainings, pretraining is null ? [] : [pretraining]);
            Known(key, "task", tasks, task is null ? [] : [task]);
        }

        void Known(string key, string what, string[] known, IEnumerable<string> names)
        {
            foreach (var name in names.Where(name => name.Length > 0).Except(known))
            {
                fields.Note(key, $"\"{name}\" is no {what} of this study: {string.Join(", ", known)}.");
            }
        }
    }
}
