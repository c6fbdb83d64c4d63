using System.Text.RegularExpressions;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Datasets;

/// <summary>What lies in a folder that may be a dataset, found by looking at names alone.</summary>
internal sealed partial record DatasetSurvey
{
    private const int MostNames = 10;

    /// <summary>Where the cases lie; case list, checksums and labels are not known yet.</summary>
    public required DatasetFiles Files { get; init; }

    /// <summary>Ids of the cases that have one CT and one reference, in ordinal order.</summary>
    public required IReadOnlyList<string> Cases { get; init; }

    /// <summary>What cannot be used, a sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Looks into a folder.</summary>
    /// <param name="root">The folder, an absolute path.</param>
    /// <returns>Null when nothing in it looks like CTs with references.</returns>
    public static DatasetSurvey? Of(string root) => NnUnet(root) ?? Folders(root) ?? Pairs(root);

    private static DatasetSurvey? NnUnet(string root) => new[] { ("imagesTs", "labelsTs"), ("imagesTr", "labelsTr") }
        .Select(pair => (Images: Path.Combine(root, pair.Item1), References: Path.Combine(root, pair.Item2)))
        .Where(pair => Stems(pair.Images).Any() && Stems(pair.References).Any())
        .Select(pair => OfFlat(root, DatasetLayout.Nnunet, pair.Images, pair.References)).FirstOrDefault();

    private static DatasetSurvey? Folders(string root)
    {
        var folders = Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Select(folder => (Id: Path.GetFileName(folder), Folder: folder, Stems: Stems(folder).ToList()))
            .Where(one => one.Stems.Contains("ct") || Directory.Exists(Path.Combine(one.Folder, "segmentations"))).ToList();
        if (!folders.Any(one => one.Stems.Contains("ct")))
        {
            return null;
        }

        var isCombined = !folders.Any(one => Stems(Path.Combine(one.Folder, "segmentations")).Any());
        var volume = isCombined
            ? folders.SelectMany(one => one.Stems.Distinct()).Where(stem => stem != "ct").CountBy(stem => stem)
                .OrderByDescending(stem => stem.Key == DatasetFiles.CombinedLabels).ThenByDescending(stem => stem.Value)
                .ThenBy(stem => stem.Key, StringComparer.Ordinal).Select(stem => stem.Key).FirstOrDefault() ?? DatasetFiles.CombinedLabels
            : "";
        return Found(
            new DatasetFiles(root, "", null) { Layout = isCombined ? DatasetLayout.Combined : DatasetLayout.Folders, References = volume },
            folders.SelectMany(one => one.Stems.Where(stem => stem == "ct"), (one, _) => one.Id),
            folders.SelectMany(
                one => isCombined ? one.Stems.Where(stem => stem == volume)
                    : Stems(Path.Combine(one.Folder, "segmentations")).Any() ? ["segmentations"] : [],
                (one, _) => one.Id),
            []);
    }

    private static DatasetSurvey? Pairs(string root)
    {
        var folders = Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Select(folder => (Path: folder, Stems: Stems(folder).ToHashSet())).Where(one => one.Stems.Count > 0).ToList();
        var pairs =
            from images in folders
            from references in folders
            where images.Path != references.Path
            let common = images.Stems.Count(stem => references.Stems.Contains(CaseOf(stem, references.Stems)))
            where common > 0
            orderby common descending, Certainty(images, references) descending
            select (images.Path, References: references.Path);
        return pairs.FirstOrDefault() is { Path: { } found } pair
            ? OfFlat(root, DatasetLayout.Pairs, found, pair.References) : null;
    }

    /// <summary>How sure it is that of two folders with the same cases the first has the CTs.</summary>
    private static int Certainty((string Path, HashSet<string> Stems) images, (string Path, HashSet<string> Stems) references) =>
        (images.Stems.Any(stem => stem.EndsWith(DatasetFiles.Channel, StringComparison.Ordinal)) ? 4 : 0)
        + (ReferenceName().IsMatch(Path.GetFileName(references.Path)) ? 2 : 0)
        + (ReferenceName().IsMatch(Path.GetFileName(images.Path)) ? -2 : 0);

    private static DatasetSurvey OfFlat(string root, DatasetLayout layout, string images, string references)
    {
        var labels = Stems(references).ToList();
        var first = Stems(images).Where(stem => stem.EndsWith(DatasetFiles.Channel, StringComparison.Ordinal))
            .Select(stem => stem[..^DatasetFiles.Channel.Length]).ToHashSet();
        var others = Stems(images).Where(stem => OtherChannel().Match(stem) is { Success: true } channel
            && first.Contains(stem[..channel.Index]) && !labels.Contains(stem)).ToList();
        string[] problems = others.Count == 0 ? [] :
            [$"{images} has volumes of a second channel, and a CT has one: {NameList.Of(others, MostNames)}."];
        return Found(
            new DatasetFiles(root, "", null) { Layout = layout, Images = images, References = references },
            Stems(images).Where(stem => !others.Contains(stem)).Select(stem => CaseOf(stem, labels)), labels, problems);
    }

    /// <summary>The case of a CT: <c>_0000</c> at its end is nnU-Net's, unless the reference has it too.</summary>
    private static string CaseOf(string stem, ICollection<string> references) =>
        stem.EndsWith(DatasetFiles.Channel, StringComparison.Ordinal) && !references.Contains(stem) ? stem[..^DatasetFiles.Channel.Length] : stem;

    private static DatasetSurvey Found(DatasetFiles files, IEnumerable<string> cts, IEnumerable<string> references, string[] problems)
    {
        var (images, labels) = (cts.ToLookup(id => id), references.ToLookup(id => id));
        string[] all = [.. images.Concat(labels).Select(same => same.Key).Distinct().Order(StringComparer.Ordinal)];
        var kinds = new (string What, Func<string, bool> Is)[]
        {
            ("have names that are no case ids (use letters, digits, dots, hyphens and underscores)", id => CaseList.FaultOfId(id) is not null),
            ("have a CT and no reference", id => !labels.Contains(id)),
            ("have a reference and no CT", id => !images.Contains(id)),
            ("are claimed by several CTs", id => images[id].Count() > 1),
            ("are claimed by several references", id => labels[id].Count() > 1),
            ("differ from another one in case only", id => all.Count(other => other.Equals(id, StringComparison.OrdinalIgnoreCase)) > 1),
        };
        var wrong = kinds.Select(kind => (kind.What, Ids: all.Where(kind.Is).ToList())).Where(kind => kind.Ids.Count > 0).ToList();
        return new DatasetSurvey
        {
            Files = files,
            Cases = [.. all.Except(wrong.SelectMany(kind => kind.Ids))],
            Problems = [.. problems, .. wrong.Select(kind => $"These {kind.What}: {NameList.Of(kind.Ids, MostNames)}.")],
        };
    }

    /// <summary>Names of the volumes in a folder, without extension; of two formats of one volume twice. Hidden files are none.</summary>
    private static IEnumerable<string> Stems(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(path => VolumeFile.StemOf(Path.GetFileName(path)))
            .OfType<string>().Where(stem => stem is not ['.', ..])
        : [];

    [GeneratedRegex("label|mask|seg|gt|annot|truth|reference", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceName();

    [GeneratedRegex("_(?!0000)[0-9]{4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex OtherChannel();
}
