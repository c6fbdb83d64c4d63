using System.Text.RegularExpressions;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>Reads one dataset of the manifest, noting every mistake.</summary>
internal static partial class DatasetReader
{
    public static Dataset Read(YamlNode node, string folder, ICollection<Mistake> mistakes)
    {
        var fields = new YamlFields(node, "dataset", mistakes);
        var (original, accessible) = Volumes(fields);
        var dataset = new Dataset
        {
            Id = Id(fields),
            Title = fields.RequiredText("title"),
            Year = fields.Number("year", 1990),
            Purpose = fields.RequiredChoice(
                "purpose",
                ("training", DatasetPurpose.Training),
                ("external-validation", DatasetPurpose.ExternalValidation),
                ("demonstration", DatasetPurpose.Demonstration)),
            IsPublic = fields.RequiredChoice("access", "public", "private") == "public",
            HasViewer = fields.Choice("viewer", "no", "yes") == "yes",
            VolumesOriginal = original,
            VolumesAccessible = accessible,
            Structures = fields.Number("structures", 0),
            Hospitals = fields.Number("hospitals", 1),
            Countries = Matching(fields, "countries", CountryCode(), "a country code of two or three capital letters"),
            Annotators = Matching(fields, "annotators", Annotator(), "human or ai"),
            License = fields.Text("license"),
            Distribution = fields.RequiredChoice(
                "distribution", ("iid", Distribution.Iid), ("ood", Distribution.Ood), ("mixed", Distribution.Mixed)),
            ReferenceVersion = fields.Number("reference-version", 1) ?? 1,
            PartOf = fields.Text("part-of"),
            Source = fields.RequiredText("source"),
            Note = fields.Text("note"),
            Files = Files(fields, folder),
        };
        if (dataset.HasViewer && CaseRelease.WhyNot(dataset) is { } reason)
        {
            fields.Note("viewer", $"the cases of \"{dataset.Id}\" may not be shown: {reason}.");
        }

        if (!fields.IsBroken)
        {
            fields.RejectOthers();
        }

        return dataset;
    }

    private static string Id(YamlFields fields)
    {
        var id = fields.RequiredText("id");
        if (id.Length > 0 && !IdPattern().IsMatch(id))
        {
            fields.Note("id", $"\"{id}\" is no id: use lower-case letters, digits, dots and hyphens, 64 at most.");
        }

        return id;
    }

    private static (int? Original, int? Accessible) Volumes(YamlFields dataset)
    {
        if (dataset.RequiredNode("volumes") is not { } node)
        {
            return (null, null);
        }

        var fields = new YamlFields(node, "volumes", dataset.Mistakes);
        var original = fields.Number("original", 0);
        var accessible = fields.Number("accessible", 0);
        fields.RejectOthers();
        if (accessible > original)
        {
            fields.Note("accessible", $"{accessible} volumes are accessible, but the original has only {original}.");
        }

        return (original, accessible);
    }

    private static IReadOnlyList<string> Matching(YamlFields fields, string key, Regex pattern, string expected)
    {
        var texts = fields.Texts(key);
        foreach (var text in texts.Where(text => !pattern.IsMatch(text)))
        {
            fields.Note(key, $"\"{text}\" in \"{key}\" must be {expected}.");
        }

        return texts;
    }

    private static DatasetFiles? Files(YamlFields dataset, string folder)
    {
        if (dataset.Node("files") is not { } node)
        {
            return null;
        }

        var fields = new YamlFields(node, "files", dataset.Mistakes);
        var root = fields.RequiredText("root");
        var caseList = fields.RequiredText("case-list");
        var checksums = fields.Text("checksums");
        fields.RejectOthers();
        return new DatasetFiles(Full(root), Full(caseList), checksums is null ? null : Full(checksums));

        string Full(string path) => Path.GetFullPath(path, folder);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}\\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[A-Z]{2,3}\\z")]
    private static partial Regex CountryCode();

    [GeneratedRegex("^(human|ai)\\z")]
    private static partial Regex Annotator();
}
