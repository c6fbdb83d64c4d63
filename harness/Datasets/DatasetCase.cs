using Touchstone.Evaluators;

namespace Touchstone.Harness.Datasets;

/// <summary>One CT of a dataset and where its files lie on this machine.</summary>
public sealed record DatasetCase
{
    /// <summary>Id of the dataset in the manifest.</summary>
    public required string Dataset { get; init; }

    /// <summary>Case id of the case list. Operators only: a container sees a pseudonym.</summary>
    public required string Id { get; init; }

    /// <summary>The CT, an absolute path.</summary>
    public required string CtPath { get; init; }

    /// <summary>Folder of reference masks, <c>&lt;structure&gt;.nii.gz</c> each, or the label volume; an absolute path.</summary>
    public required string SegmentationsPath { get; init; }

    /// <inheritdoc cref="DatasetFiles.Labels"/>
    public string? Labels { get; init; }

    /// <summary>Version of these masks: that of the dataset. Default 1.</summary>
    public int ReferenceVersion { get; init; } = 1;

    /// <summary>True when the case's hospital contributed training data (in-distribution).</summary>
    public required bool IsInDistribution { get; init; }

    /// <summary>
    /// Metadata columns of the case list (sex, age, manufacturer, institute, phase…); blank cells are left out.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The reference masks.</summary>
    /// <exception cref="VolumeException">What their numbers mean is not to be had.</exception>
    public MaskSource ReadReference() => Labels is null
        ? new MaskSource.MaskFolder(SegmentationsPath)
        : new MaskSource.LabelFile(SegmentationsPath, DatasetLabels.Read(Labels));
}
