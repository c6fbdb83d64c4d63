using System.Security.Cryptography;
using System.Text;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>The datasets that this machine knows: the content of <c>datasets.manifest</c>.</summary>
public sealed record Manifest
{
    /// <summary>The layout that this build reads.</summary>
    public const int Version = 1;

    /// <summary>The datasets, in file order.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The dataset of that id, or null.</summary>
    /// <param name="id">Such as <c>jhh</c>.</param>
    public Dataset? Find(string id) => Datasets.FirstOrDefault(dataset => dataset.Id == id);

    /// <summary>Reads a manifest file.</summary>
    /// <param name="path">The file; paths inside it are relative to its folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MistakesException">The file has mistakes; all of them are listed.</exception>
    public static Manifest Read(string path) => Parse(Runs.RegularFile.ReadAllText(path), path);

    /// <summary>Reads the text of a manifest.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">Its file, for messages and relative paths.</param>
    /// <exception cref="MistakesException">The text has mistakes; all of them are listed.</exception>
    public static Manifest Parse(string text, string path)
    {
        var mistakes = new List<Mistake>();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var datasets = YamlNode.Parse(text, mistakes) is { } root ? Read(root, folder, mistakes) : [];
        return mistakes.Count > 0
            ? throw new MistakesException(path, mistakes)
            : new Manifest
            {
                Datasets = datasets,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            };
    }

    private static IReadOnlyList<Dataset> Read(YamlNode root, string folder, List<Mistake> mistakes)
    {
        var fields = new YamlFields(root, "manifest", mistakes);
        if (fields.RequiredText("version") is { Length: > 0 } version && version != "1")
        {
            fields.Note("version", $"this build reads version {Version} of the manifest, not \"{version}\".");
        }

        var node = fields.RequiredNode("datasets");
        fields.RejectOthers();
        if (node is not YamlNode.List list)
        {
            if (node is not null)
            {
                fields.Note("datasets", $"\"datasets\" must be a list, not {node.Kind}.");
            }

            return [];
        }

        var read = list.Items.Select(item => (item.Line, Dataset: DatasetReader.Read(item, folder, mistakes))).ToList();
        NoteRepeatedIds(read, mistakes);
        NoteUnknownParents(read, mistakes);
        return [.. read.Select(item => item.Dataset)];
    }

    private static void NoteRepeatedIds(List<(int Line, Dataset Dataset)> read, List<Mistake> mistakes)
    {
        foreach (var same in read.Where(item => item.Dataset.Id.Length > 0).GroupBy(item => item.Dataset.Id))
        {
            mistakes.AddRange(same.Skip(1).Select(item => new Mistake(
                item.Line, $"the id \"{same.Key}\" is already taken by the dataset in line {same.First().Line}.")));
        }
    }

    private static void NoteUnknownParents(List<(int Line, Dataset Dataset)> read, List<Mistake> mistakes)
    {
        var ids = read.Select(item => item.Dataset.Id).ToHashSet();
        mistakes.AddRange(read
            .Where(item => item.Dataset.PartOf is { } parent && !ids.Contains(parent))
            .Select(item => new Mistake(
                item.Line, $"\"{item.Dataset.Id}\" is part of \"{item.Dataset.PartOf}\", which is not in this manifest.")));
    }
}
