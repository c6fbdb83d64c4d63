using Touchstone.Evaluators;
using Touchstone.Harness.Commands;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Evaluation;

/// <summary>
/// Finds the cases of an evaluation. Each side is a label volume, a folder of them, the masks of one case, or a folder of such
/// folders, and the two may differ; what cannot be meant is refused with both paths and what they hold.
/// </summary>
/// <param name="reference">The truth.</param>
/// <param name="prediction">What is judged.</param>
/// <param name="labels">What the numbers of label volumes mean; null when nobody said it.</param>
internal sealed class CaseFinder(SegmentationPath reference, SegmentationPath prediction, LabelChoice? labels)
{
    private readonly MaskSuffix _suffix = MaskSuffix.Of(reference, prediction);

    /// <summary>Finds the cases.</summary>
    /// <exception cref="WrongUseException">The two do not make cases.</exception>
    public EvaluationSet Find()
    {
        if (reference.Layout == PathLayout.Empty)
        {
            throw new WrongUseException(
                $"Neither {reference.Path} nor a folder in it holds a {string.Join(", ", VolumeFile.Extensions)} file.");
        }

        return (reference.Layout, prediction.Layout) switch
        {
            (PathLayout.File, PathLayout.File) => OneCase(Labelled(reference.Path), Labelled(prediction.Path)),
            (PathLayout.File, PathLayout.Volumes) => VolumeAndMasks(reference, prediction),
            (PathLayout.Volumes, PathLayout.File) => VolumeAndMasks(prediction, reference),
            (PathLayout.File, _) => throw OneOf(reference, prediction),
            (_, PathLayout.File) => throw OneOf(prediction, reference),
            (PathLayout.Volumes, PathLayout.Volumes or PathLayout.Empty) => Volumes(),
            (PathLayout.CaseFolders, PathLayout.CaseFolders or PathLayout.Empty) => ManyCases(TrueMasks, JudgedMasks),
            (PathLayout.Volumes, _) when IsOneOf(reference, prediction) => throw MasksOfOne(reference, prediction),
            (_, PathLayout.Volumes) when IsOneOf(prediction, reference) => throw MasksOfOne(prediction, reference),
            (PathLayout.Volumes, _) => ManyCases(Labelled, JudgedMasks),
            _ => ManyCases(TrueMasks, Labelled),
        };
    }

    /// <summary>Whether one side has the masks of one case, the other of many.</summary>
    private static bool IsOneOf(SegmentationPath masks, SegmentationPath cases) =>
        cases.Entries.Values.SelectMany(folder => SegmentationPath.VolumesIn(folder).Keys).Intersect(masks.Entries.Keys).Any();

    private static WrongUseException MasksOfOne(SegmentationPath masks, SegmentationPath cases) => new(
        $"{masks.Path} holds the masks of one case, {cases.Path} a folder of them for each of {Counted.Of(cases.Entries.Count, "case")}. "
        + $"Name one of these, such as {cases.Entries.Values.First()}.");

    private EvaluationSet Volumes()
    {
        var (isReference, isPrediction) = (HasStructures(reference), HasStructures(prediction));
        if (labels is null || (isReference && (isPrediction || prediction.Layout == PathLayout.Empty)))
        {
            return OneCase(TrueMasks(reference.Path), JudgedMasks(prediction.Path));
        }

        return isReference == isPrediction
            ? ManyCases(Labelled, Labelled)
            : throw new WrongUseException(
                $"{(isReference ? reference : prediction).Path} holds masks named after structures of {labels.Shown}, "
                + $"{(isReference ? prediction : reference).Path} label volumes. Name the one volume that belongs to the masks.");
    }

    private EvaluationSet VolumeAndMasks(SegmentationPath volume, SegmentationPath masks)
    {
        var stem = volume.Entries.Keys.Single();
        if (masks.Entries.TryGetValue(stem, out var same) || (labels is not null && !HasStructures(masks)))
        {
            var instead = same ?? masks.Entries.Values.First();
            throw new WrongUseException(
                $"{volume.Path} is one volume, and {masks.Path} a folder in which no file is named after a structure"
                + $"{(labels is null ? "" : $" of {labels.Shown}")}. Name two volumes, such as {instead}, or two folders.");
        }

        return ReferenceEquals(volume, reference)
            ? OneCase(Labelled(reference.Path), JudgedMasks(prediction.Path))
            : OneCase(TrueMasks(reference.Path), Labelled(prediction.Path));
    }

    private EvaluationSet OneCase(MaskSource truth, MaskSource judged)
    {
        var id = SegmentationPath.NameOf(reference.Path) == "segmentations"
            ? SegmentationPath.NameOf(Path.Combine(reference.Path, ".."))
            : SegmentationPath.StemOf(reference.Path) ?? SegmentationPath.NameOf(reference.Path);
        var missing = prediction.Layout == PathLayout.Empty ? $"There is no mask in {prediction.Path}." : null;
        return new EvaluationSet([new EvaluationCase(id, truth, judged, missing)], Reading([truth], judged, pairs: null), []);
    }

    private EvaluationSet ManyCases(Func<string, MaskSource> truthAt, Func<string, MaskSource> judgedAt)
    {
        RequireStructures(reference);
        RequireStructures(prediction);
        var pairs = CasePairs.Of([.. reference.Entries.Keys], [.. prediction.Entries.Keys]);
        var cases = pairs.Predictions.Select(pair =>
        {
            var truth = truthAt(reference.Entries[pair.Key]);
            return pair.Value is { } name
                ? new EvaluationCase(pair.Key, truth, judgedAt(prediction.Entries[name]))
                : new EvaluationCase(pair.Key, truth, judgedAt(Path.Combine(prediction.Path, pair.Key)), MissingOf(pair.Key, pairs));
        }).ToList();
        return new EvaluationSet(
            cases,
            Reading([.. cases.Select(one => one.Reference)], judgedAt(prediction.Path), pairs),
            [.. pairs.Unused.Select(EntryOf)]);
    }

    private string MissingOf(string id, CasePairs pairs)
    {
        var isFolder = prediction.Layout == PathLayout.CaseFolders
            || (prediction.Layout == PathLayout.Empty && reference.Layout == PathLayout.CaseFolders);
        var file = reference.Layout == PathLayout.Volumes && !isFolder ? Path.GetFileName(reference.Entries[id]) : $"{id}.nii.gz";
        var alike = CasePairs.Alike(id, pairs.Unused).Select(EntryOf).ToList();
        return $"There is no {(isFolder ? $"folder {id} with masks" : file)} in {prediction.Path}"
            + (alike.Count == 0 ? "." : $", but there is {NameList.Of(alike)}. Name it after its reference.");
    }

    private string EntryOf(string name) =>
        prediction.Layout == PathLayout.Volumes ? Path.GetFileName(prediction.Entries[name]) : name;

    private string Reading(IReadOnlyList<MaskSource> truths, MaskSource judged, CasePairs? pairs)
    {
        var isLabelled = truths[0] is MaskSource.LabelFile || judged is MaskSource.LabelFile;
        var words = Counted.Of(truths.Count, "case") + (isLabelled
            ? $", labels from {labels!.Shown}"
            : $", {Counted.Of(truths.OfType<MaskSource.MaskFolder>().Sum(one => SegmentationPath.VolumesIn(one.Path).Count), "mask")}");
        if (truths[0].GetType() != judged.GetType())
        {
            words += truths[0] is MaskSource.LabelFile
                ? "; references are label volumes, predictions masks"
                : "; references are masks, predictions label volumes";
        }
        else if (!isLabelled)
        {
            words += labels is not null ? $"; {labels.Shown} is not needed, since masks are named after their structures"
                : pairs is null ? $" ({NameList.Of([.. reference.Entries.Keys])})" : "";
            words += _suffix.Words;
            if (labels is null && pairs is null && reference.Entries.Count > 1 && !reference.Entries.Keys.Any(LabelMaps.HasStructure))
            {
                words += ". Each file is taken for a structure: where each is a case, say with --labels what its numbers mean";
            }
        }

        return pairs?.Suffix is { } suffix
            ? $"{words}; \"{suffix}\" at the end of the {(pairs.IsOnReferences ? "references" : "predictions")}' names is ignored"
            : words;
    }

    /// <summary>With labels, a folder of masks is known by one that has the name of a structure.</summary>
    private void RequireStructures(SegmentationPath side)
    {
        if (labels is not null && side.Layout == PathLayout.CaseFolders
            && !side.Entries.Values.Any(folder => SegmentationPath.VolumesIn(folder).Keys.Any(IsStructure)))
        {
            var (id, folder) = side.Entries.First();
            throw new WrongUseException(
                $"No file in the folders of {side.Path} is named after a structure of {labels.Shown}: {id} holds "
                + $"{NameList.Of([.. SegmentationPath.VolumesIn(folder).Values.Select(file => Path.GetFileName(file))])}. Label volumes "
                + $"belong into one folder, each named after its case, such as {id}.nii.gz.");
        }
    }

    private bool HasStructures(SegmentationPath side) => side.Entries.Keys.Any(IsStructure);

    private bool IsStructure(string name) => labels?.Map.LabelOf(name) is not null;

    private MaskSource TrueMasks(string path) => new MaskSource.MaskFolder(path) { Suffix = _suffix.OfReferences };

    private MaskSource JudgedMasks(string path) => new MaskSource.MaskFolder(path) { Suffix = _suffix.OfPredictions };

    private MaskSource Labelled(string path) => labels is null
        ? throw new WrongUseException(
            $"{path} is a label volume, or holds some. Say with --labels what its numbers mean: a file with a line such as `1 liver` each, a "
            + $"dataset.json, or, where it is numbered as one of them, {LabelMaps.Names}.")
        : new MaskSource.LabelFile(path, labels.Map);

    private static WrongUseException OneOf(SegmentationPath volume, SegmentationPath folder)
    {
        var stem = volume.Entries.Keys.Single();
        var instead = folder.Entries.GetValueOrDefault(stem) ?? folder.Entries.Values.FirstOrDefault();
        return new WrongUseException(
            $"{volume.Path} is one volume, {folder.Path} {(instead is null ? "a folder without any" : "a folder of cases")}. "
            + $"Name two of a case{(instead is null ? "" : $", such as {instead}")}, or two folders of cases.");
    }
}
