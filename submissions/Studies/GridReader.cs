using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>Reads what a study says about cells of its grid: those left out, imported, compared and reported.</summary>
internal static class GridReader
{
    public static IReadOnlyList<StudyExclusion> Exclusions(YamlFields study) => List(study, "exclude", "exclusion", fields =>
    {
        var one = new StudyExclusion(
            fields.Text("backbone"), fields.Text("pretraining"), fields.Text("task"), fields.Number("cases", 1));
        if (one == new StudyExclusion(null, null, null, null) && !fields.IsBroken)
        {
            fields.Mistakes.Add(new Mistake(fields.Line, "an exclusion that names nothing leaves out everything."));
        }

        return one;
    });

    public static IReadOnlyList<StudyImport> Imports(YamlFields study) => List(study, "imported", "imported cell", fields =>
        new StudyImport(
            fields.RequiredText("backbone"),
            fields.RequiredText("pretraining"),
            fields.RequiredText("task"),
            TransferStudyFile.CaseNumber(fields, "cases"),
            fields.RequiredTexts("trials")));

    public static StudyComparison? Comparison(YamlFields study)
    {
        if (study.Node("comparison") is not { } node)
        {
            return null;
        }

        var fields = new YamlFields(node, "comparison", study.Mistakes);
        var comparison = new StudyComparison(
            fields.RequiredText("backbone"), fields.RequiredText("task"), fields.RequiredText("first"), fields.RequiredText("second"));
        fields.RejectOthers();
        return comparison;
    }

    public static IReadOnlyList<ReportedMapping> Reported(YamlFields study) => List(study, "reported", "reported table", fields =>
    {
        var mapping = new ReportedMapping
        {
            Table = fields.RequiredText("table"),
            Backbones = TextMap.Required(fields, "backbones"),
            Pretrainings = TextMap.Required(fields, "pretrainings"),
            Tasks = TextMap.Optional(fields, "tasks"),
            Structures = TextMap.Optional(fields, "structures"),
        };
        foreach (var (key, targets) in new[] { ("tasks", mapping.Tasks), ("structures", mapping.Structures) })
        {
            foreach (var target in targets.Values.Where(target => target.Split('/').Length != 2))
            {
                fields.Note(key, $"\"{target}\" in \"{key}\" must be dataset/target, such as totalsegmentator/organ.");
            }
        }

        return mapping;
    });

    private static List<T> List<T>(YamlFields study, string key, string what, Func<YamlFields, T> read)
    {
        var things = new List<T>();
        var node = study.Node(key);
        if (node is not (null or YamlNode.List))
        {
            study.Note(key, $"\"{key}\" must be a list, not {node.Kind}.");
        }

        foreach (var item in (node as YamlNode.List)?.Items ?? [])
        {
            var fields = new YamlFields(item, what, study.Mistakes);
            things.Add(read(fields));
            fields.RejectOthers();
        }

        return things;
    }
}
