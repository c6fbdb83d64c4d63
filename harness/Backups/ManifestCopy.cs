using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Backups;

/// <summary>
/// A manifest with the small files that it names beside it, so that it means the same in any folder: case lists, checksums and label
/// files by the dataset's id, folders of CTs as absolute paths.
/// </summary>
internal static class ManifestCopy
{
    private static readonly (string Key, string Ending)[] Kept = [("case-list", ".cases.csv"), ("checksums", ".sha256"), ("labels", ".labels")];

    /// <summary>Writes the copy.</summary>
    /// <param name="path">The manifest, which has no mistakes.</param>
    /// <param name="folder">Where to; it is made.</param>
    public static void Write(string path, string folder)
    {
        Directory.CreateDirectory(folder);
        var text = RegularFile.ReadAllText(path);
        var from = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var changes = new List<(YamlNode.Value Node, string Text)>();
        foreach (var dataset in Datasets(YamlNode.Parse(text, [])))
        {
            var id = TextOf(dataset, "id")!.Text!;
            var files = (YamlNode.Map)dataset.Items.First(item => item.Key == "files").Value;
            var root = TextOf(files, "root")!;
            changes.Add((root, Path.GetFullPath(root.Text!, from)));
            foreach (var (key, ending) in Kept)
            {
                if (TextOf(files, key) is { Text: { } name } node && (key != "labels" || LabelMaps.Find(name) is null)
                    && Path.GetFullPath(name, from) is var source && File.Exists(source))
                {
                    var kept = $"{id}{ending}{(key == "labels" ? Path.GetExtension(source) : "")}";
                    File.WriteAllBytes(Path.Combine(folder, kept), RegularFile.ReadAllBytes(source));
                    changes.Add((node, kept));
                }
            }

            KeepDatasetJson(files, Path.GetFullPath(root.Text!, from), Path.Combine(folder, $"{id}.labels.json"));
        }

        File.WriteAllText(Path.Combine(folder, BackupList.ManifestName), Changed(text, changes));
    }

    /// <summary>What nnU-Net's numbers mean lies in the folder of CTs, which is not copied; boards do not ask for it, runs do.</summary>
    private static void KeepDatasetJson(YamlNode.Map files, string root, string copy)
    {
        var source = Path.Combine(root, "dataset.json");
        if (TextOf(files, "layout")?.Text == "nnunet" && TextOf(files, "labels") is null && File.Exists(source))
        {
            File.WriteAllBytes(copy, RegularFile.ReadAllBytes(source));
        }
    }

    private static IEnumerable<YamlNode.Map> Datasets(YamlNode? root) =>
        ((root as YamlNode.Map)?.Items.FirstOrDefault(item => item.Key == "datasets").Value as YamlNode.List)?.Items
            .OfType<YamlNode.Map>().Where(one => one.Items.Any(item => item is { Key: "files", Value: YamlNode.Map })) ?? [];

    private static YamlNode.Value? TextOf(YamlNode.Map map, string key) =>
        map.Items.FirstOrDefault(item => item.Key == key).Value as YamlNode.Value is { Text: not null } value ? value : null;

    private static string Changed(string text, IEnumerable<(YamlNode.Value Node, string Text)> changes)
    {
        var result = new StringBuilder(text);
        foreach (var (node, fresh) in changes.OrderByDescending(change => change.Node.Start))
        {
            result.Remove(node.Start, node.End - node.Start).Insert(node.Start, QuotedText.Of(fresh));
        }

        return result.ToString();
    }
}
