using System.Globalization;
using System.Text;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Harness.Datasets;

/// <summary>
/// The files that describe a dataset to Touchstone, written from what lies in its folder for a person to complete: an entry of
/// the manifest, a case list, checksums, and where nothing says what the numbers in label volumes mean, a file for that.
/// </summary>
/// <param name="id">Id of the dataset.</param>
/// <param name="manifest">Path of the manifest, which need not be there.</param>
/// <param name="survey">What lies there.</param>
internal sealed class DatasetDraft(string id, string manifest, DatasetSurvey survey)
{
    private const int LooksAt = 5;
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;

    /// <summary>Path of the case list.</summary>
    public string CaseList => Path.Combine(_folder, $"{id}.cases.csv");

    /// <summary>Path of the checksums.</summary>
    public string Checksums => Path.Combine(_folder, $"{id}.sha256");

    /// <summary>Path of the file that says what numbers mean.</summary>
    public string Labels => Path.Combine(_folder, $"{id}.labels.txt");

    /// <summary>Whether somebody has to say what the numbers in label volumes mean.</summary>
    public bool NeedsLabels => survey.Files.Layout switch
    {
        DatasetLayout.Folders => false,
        DatasetLayout.Nnunet => !File.Exists(DatasetJson),
        DatasetLayout.Combined or DatasetLayout.Pairs => true,
    };

    private string DatasetJson => Path.Combine(survey.Files.Root, "dataset.json");

    /// <summary>Writes everything, or nothing when some of it is there already.</summary>
    /// <param name="progress">Told the share of files that were read, 0 to 1.</param>
    /// <exception cref="InvalidDataException">A file or an entry of that name is there, or the manifest cannot take an entry.</exception>
    public void Write(Action<double> progress)
    {
        foreach (var path in new[] { CaseList, Checksums, NeedsLabels ? Labels : null }.OfType<string>().Where(Path.Exists))
        {
            throw new InvalidDataException($"{path} is there already. Move it away, or give the dataset another name with --id.");
        }

        var text = File.Exists(manifest) ? Runs.RegularFile.ReadAllText(manifest) : "version: 1\n\ndatasets:\n";
        var whole = $"{text.TrimEnd()}\n\n{Entry()}";
        RequireTaken(File.Exists(manifest) ? Manifest.Parse(text, manifest) : null, whole);
        var files = survey.Files with { Labels = NeedsLabels ? Labels : survey.Files.Layout == DatasetLayout.Nnunet ? DatasetJson : null };
        var cases = survey.Cases.Select(one => CaseOf(files, one)).ToList();
        var sums = ChecksumFile.Write(files.Root, cases.SelectMany(Verifier.FilesOf), progress);
        File.WriteAllText(CaseList, $"case\n{string.Concat(survey.Cases.Select(one => $"{one}\n"))}");
        File.WriteAllText(Checksums, sums);
        if (NeedsLabels)
        {
            File.WriteAllText(Labels, LabelText(cases));
        }

        File.WriteAllText(manifest, whole);
    }

    private void RequireTaken(Manifest? before, string whole)
    {
        if (before?.Find(id) is not null)
        {
            throw new InvalidDataException($"{manifest} has a dataset \"{id}\" already. Give this one another name with --id.");
        }

        try
        {
            if (Manifest.Parse(whole, manifest).Find(id) is not null)
            {
                return;
            }
        }
        catch (MistakesException)
        {
        }

        throw new InvalidDataException(
            $"The list of datasets is not the last thing in {manifest}, so an entry cannot be added at its end. Name another file with --manifest.");
    }

    private string Entry()
    {
        var files = survey.Files;
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
              - id: {{id}}
                title: {{QuotedText.Of(id)}} # for readers
                purpose: external-validation # or training, demonstration
                access: private # or public, where everybody may have the CTs and the masks
                volumes: { original: {{survey.Cases.Count}}, accessible: {{survey.Cases.Count}} }
                distribution: ood # iid where its hospitals contributed training data; mixed where the case list says which case is which
                source: "to be completed" # where these facts come from
                files:
                  root: {{QuotedText.Of(Path.GetRelativePath(_folder, files.Root))}}
                  case-list: {{QuotedText.Of(Path.GetFileName(CaseList))}}
                  checksums: {{QuotedText.Of(Path.GetFileName(Checksums))}}
                  layout: {{files.Layout.ToString().ToLowerInvariant()}}

            """));
        (string Key, string Value)[] more = files.Layout switch
        {
            DatasetLayout.Folders => [],
            DatasetLayout.Combined => [("references", files.References)],
            DatasetLayout.Nnunet or DatasetLayout.Pairs =>
                [("images", Path.GetRelativePath(files.Root, files.Images)), ("references", Path.GetRelativePath(files.Root, files.References))],
        };
        foreach (var (key, value) in NeedsLabels ? [.. more, ("labels", Path.GetFileName(Labels))] : more)
        {
            text.Append(CultureInfo.InvariantCulture, $"      {key}: {QuotedText.Of(value)}\n");
        }

        return text.ToString();
    }

    /// <summary>The numbers that the first label volumes hold, each under a name that stands for nothing yet.</summary>
    private static string LabelText(IEnumerable<DatasetCase> cases)
    {
        var all = LabelMaps.EveryLabel;
        var found = cases.Take(LooksAt).SelectMany(one =>
            CaseEvaluator.Inventory(new MaskSource.LabelFile(one.SegmentationsPath, all), [.. all.Structures.Values]).Structures
                .Where(label => label.ReferenceVoxels > 0).Select(label => all.LabelOf(label.Structure)!.Value)).Distinct().Order();
        return $"# What the numbers in the label volumes mean: these were found in the first {Counted.Of(Math.Min(LooksAt, cases.Count()), "case")}. Replace the names.\n"
            + string.Concat(found.Select(label => string.Create(CultureInfo.InvariantCulture, $"{label} {all.Structures[label]}\n")));
    }

    private static DatasetCase CaseOf(DatasetFiles files, string id) => new()
    {
        Dataset = "",
        Id = id,
        CtPath = files.CtOf(id),
        SegmentationsPath = files.ReferenceOf(id),
        Labels = files.Labels,
        IsInDistribution = false,
        Metadata = new Dictionary<string, string>(),
    };
}
