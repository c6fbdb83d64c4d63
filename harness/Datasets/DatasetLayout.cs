using Touchstone.Evaluators;

namespace Touchstone.Harness.Datasets;

/// <summary>How the CTs and reference masks of a dataset lie in its folder.</summary>
public enum DatasetLayout
{
    /// <summary>AbdomenAtlas, TotalSegmentator: <c>CASE/ct.nii.gz</c> and <c>CASE/segmentations/STRUCTURE.nii.gz</c>.</summary>
    Folders,

    /// <summary>The same with one label volume: <c>CASE/ct.nii.gz</c> and <c>CASE/combined_labels.nii.gz</c>.</summary>
    Combined,

    /// <summary>
    /// nnU-Net and the Medical Segmentation Decathlon: <c>imagesTs/CASE_0000.nii.gz</c> or <c>imagesTs/CASE.nii.gz</c>,
    /// <c>labelsTs/CASE.nii.gz</c>, <c>dataset.json</c>.
    /// </summary>
    Nnunet,

    /// <summary>FLARE: two flat folders, <c>images/CASE_0000.nii.gz</c> or <c>images/CASE.nii.gz</c> and <c>labels/CASE.nii.gz</c>.</summary>
    Pairs,
}

/// <summary>Where the cases of a dataset lie on this machine, as absolute paths.</summary>
/// <param name="Root">The folder, as <see cref="Layout"/> tells.</param>
/// <param name="CaseList">CSV file with a row per case.</param>
/// <param name="Checksums">
/// SHA-256 of every file, in the format of <c>sha256sum</c>, paths relative to the root; null for none.
/// </param>
public sealed record DatasetFiles(string Root, string CaseList, string? Checksums)
{
    /// <summary>Name of the label volume of <see cref="DatasetLayout.Combined"/>, without extension, when none is given.</summary>
    internal const string CombinedLabels = "combined_labels";

    internal const string Channel = "_0000";

    /// <summary>How they lie below the root. Default <see cref="DatasetLayout.Folders"/>.</summary>
    public DatasetLayout Layout { get; init; }

    /// <summary>Folder of the CTs, of layouts that have one.</summary>
    public string Images { get; init; } = "";

    /// <summary>Folder of the label volumes; of <see cref="DatasetLayout.Combined"/> the volume's name without extension.</summary>
    public string References { get; init; } = "";

    /// <summary>
    /// What the numbers in label volumes mean: the name of a numbering, or the path of a file; null for masks of their own.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>The CT of a case: the file that is there, or the path where it should be.</summary>
    /// <param name="id">Id of the case.</param>
    public string CtOf(string id) => Layout switch
    {
        DatasetLayout.Folders or DatasetLayout.Combined => There(Path.Combine(Root, id, "ct")),
        DatasetLayout.Nnunet or DatasetLayout.Pairs => There(Path.Combine(Images, id + Channel), Path.Combine(Images, id)),
    };

    /// <summary>The folder of a case's masks, or its label volume, likewise.</summary>
    /// <param name="id">Id of the case.</param>
    public string ReferenceOf(string id) => Layout switch
    {
        DatasetLayout.Folders => Path.Combine(Root, id, "segmentations"),
        DatasetLayout.Combined => There(Path.Combine(Root, id, References)),
        DatasetLayout.Nnunet or DatasetLayout.Pairs => There(Path.Combine(References, id)),
    };

    private static string There(params string[] stems) =>
        stems.SelectMany(_ => VolumeFile.Extensions, (stem, extension) => stem + extension).FirstOrDefault(File.Exists) ?? stems[0] + VolumeFile.Extensions[0];
}
