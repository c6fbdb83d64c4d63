using System.Text.RegularExpressions;
using Touchstone.Evaluators;
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
            TellsMetadata = fields.Choice("metadata", "private", "public") == "public",
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

    /// <summary>Whether a text can be the id of a dataset.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    /// <summary>An id made of a name: lower-case letters, hyphens for what ids cannot have.</summary>
    /// <param name="name">The name of a folder.</param>
    public static string IdFrom(string name) => string.Concat(name.ToLowerInvariant().Select(letter =>
        char.IsAsciiLetterOrDigit(letter) || letter == '.' ? letter : '-')).Trim('-', '.');

    private static string Id(YamlFields fields)
    {
        var id = fields.RequiredText("id");
        if (id.Length > 0 && !IsId(id))
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
        var root = Full(fields.RequiredText("root"));
        var caseList = fields.RequiredText("case-list");
        var checksums = fields.Text("checksums");
        var layout = fields.Node("layout") is null ? DatasetLayout.Folders : fields.RequiredChoice(
            "layout",
            ("folders", DatasetLayout.Folders), ("combined", DatasetLayout.Combined),
            ("nnunet", DatasetLayout.Nnunet), ("pairs", DatasetLayout.Pairs));
        var (images, references, labels) = (fields.Text("images"), fields.Text("references"), fields.Text("labels"));
        fields.RejectOthers();
        NoteNeeds(fields, layout, images, references, labels);
        var isNnunet = layout == DatasetLayout.Nnunet;
        return new DatasetFiles(root, Full(caseList), checksums is null ? null : Full(checksums))
        {
            Layout = layout,
            Images = layout is DatasetLayout.Folders or DatasetLayout.Combined ? ""
                : Path.GetFullPath(images ?? (isNnunet ? "imagesTs" : "images"), root),
            References = layout switch
            {
                DatasetLayout.Folders => "",
                DatasetLayout.Combined => references ?? DatasetFiles.CombinedLabels,
                DatasetLayout.Nnunet => Path.GetFullPath(references ?? "labelsTs", root),
                DatasetLayout.Pairs => Path.GetFullPath(references ?? "labels", root),
            },
            Labels = labels is null ? (isNnunet ? Path.Combine(root, "dataset.json") : null)
                : LabelMaps.Find(labels) is not null ? labels : Full(labels),
        };

        string Full(string path) => Path.GetFullPath(path, folder);
    }

    /// <summary>Notes what a layout needs, and what it has no use for.</summary>
    private static void NoteNeeds(YamlFields fields, DatasetLayout layout, string? images, string? references, string? labels)
    {
        if (layout is DatasetLayout.Combined or DatasetLayout.Pairs && labels is null)
        {
            fields.Note("layout", $"label volumes need \"labels\": {LabelMaps.Names}, or a file that says what the numbers mean.");
        }

        (string Key, string? Value, bool IsUsed)[] keys =
        [
            ("images", images, layout is DatasetLayout.Nnunet or DatasetLayout.Pairs),
            ("references", references, layout != DatasetLayout.Folders),
            ("labels", labels, layout != DatasetLayout.Folders),
        ];
        foreach (var (key, _, _) in keys.Where(one => one.Value is not null && !one.IsUsed))
        {
            fields.Note(key, $"the layout {(layout == DatasetLayout.Folders ? "folders" : "combined")} has no \"{key}\".");
        }

        if (layout == DatasetLayout.Combined && references is not null && (references.Contains('/') || VolumeFile.StemOf(references) is not null))
        {
            fields.Note("references", $"\"references\" of the layout combined is the name of the label volume in a case's folder, without extension, not \"{references}\".");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}\\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[A-Z]{2,3}\\z")]
    private static partial Regex CountryCode();

    [GeneratedRegex("^(human|ai)\\z")]
    private static partial Regex Annotator();
}
