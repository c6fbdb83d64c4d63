using Touchstone.Evaluators;
using Touchstone.Harness.Commands;

namespace Touchstone.Harness.Evaluation;

/// <summary>A reference and the prediction that belongs to it, found on disk.</summary>
/// <param name="Id">Name of the case's file or folder.</param>
/// <param name="Reference">The truth.</param>
/// <param name="Prediction">What is judged; its file or folder may be missing.</param>
internal sealed record EvaluationCase(string Id, MaskSource Reference, MaskSource Prediction)
{
    private static readonly string[] Extensions = [".nii.gz", ".nii", ".mha"];

    /// <summary>
    /// Finds the cases. With labels: two volumes, or two folders with a volume a case under equal names. Without: two folders
    /// of masks, or two folders with such a folder a case, either <c>case/</c> or <c>case/segmentations/</c>.
    /// </summary>
    /// <param name="reference">File or folder.</param>
    /// <param name="prediction">File or folder, whichever the reference is.</param>
    /// <param name="labels">What the numbers of multi-label volumes mean; null for binary masks.</param>
    /// <exception cref="WrongUseException">The two do not make cases.</exception>
    public static IReadOnlyList<EvaluationCase> Find(string reference, string prediction, LabelMap? labels)
    {
        if (!Path.Exists(reference) || !Path.Exists(prediction))
        {
            throw new WrongUseException($"There is no file or folder {(Path.Exists(reference) ? prediction : reference)}.");
        }

        if (File.Exists(reference) != File.Exists(prediction))
        {
            throw new WrongUseException("Give two files or two folders, not one of each.");
        }

        if (labels is not null)
        {
            return File.Exists(reference)
                ? [OfVolumes(StemOf(reference) ?? Path.GetFileName(reference), reference, prediction, labels)]
                : OfVolumeFolders(reference, prediction, labels);
        }

        return File.Exists(reference)
            ? throw new WrongUseException("Say with --labels what the numbers in the volumes mean.")
            : OfMaskFolders(reference, prediction);
    }

    private static IReadOnlyList<EvaluationCase> OfVolumeFolders(string reference, string prediction, LabelMap labels)
    {
        var predictions = VolumesIn(prediction);
        var cases = VolumesIn(reference)
            .Select(truth => OfVolumes(
                truth.Key,
                truth.Value,
                predictions.GetValueOrDefault(truth.Key, Path.Combine(prediction, Path.GetFileName(truth.Value))),
                labels))
            .ToList();
        return cases.Count > 0
            ? cases
            : throw new WrongUseException($"{reference} holds no {string.Join(" or ", Extensions)} file.");
    }

    private static IReadOnlyList<EvaluationCase> OfMaskFolders(string reference, string prediction)
    {
        if (VolumesIn(reference).Count > 0)
        {
            return [OfMasks(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(reference))), reference, prediction)];
        }

        var cases = Directory.EnumerateDirectories(reference)
            .Order(StringComparer.Ordinal)
            .Select(folder => (Id: Path.GetFileName(folder), Masks: MasksOf(folder)))
            .Where(one => VolumesIn(one.Masks).Count > 0)
            .Select(one => OfMasks(one.Id, one.Masks, MasksOf(Path.Combine(prediction, one.Id))))
            .ToList();
        return cases.Count > 0
            ? cases
            : throw new WrongUseException($"Neither {reference} nor a folder in it holds masks. Multi-label volumes need --labels.");
    }

    private static EvaluationCase OfVolumes(string id, string reference, string prediction, LabelMap labels) =>
        new(id, new MaskSource.LabelFile(reference, labels), new MaskSource.LabelFile(prediction, labels));

    private static EvaluationCase OfMasks(string id, string reference, string prediction) =>
        new(id, new MaskSource.MaskFolder(reference), new MaskSource.MaskFolder(prediction));

    private static string MasksOf(string folder)
    {
        var below = Path.Combine(folder, "segmentations");
        return Directory.Exists(below) ? below : folder;
    }

    private static SortedDictionary<string, string> VolumesIn(string folder)
    {
        var volumes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            return volumes;
        }

        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (StemOf(file) is { } stem && !volumes.TryAdd(stem, file))
            {
                throw new WrongUseException($"{folder} holds {stem} twice, in two formats.");
            }
        }

        return volumes;
    }

    private static string? StemOf(string path)
    {
        var name = Path.GetFileName(path);
        return Extensions.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal)) is { } extension
            ? name[..^extension.Length]
            : null;
    }
}
