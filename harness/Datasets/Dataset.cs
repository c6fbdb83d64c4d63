namespace Touchstone.Harness.Datasets;

/// <summary>What a dataset is for.</summary>
public enum DatasetPurpose
{
    /// <summary>Participants may train on it.</summary>
    Training,

    /// <summary>Held back to judge generalisation.</summary>
    ExternalValidation,

    /// <summary>Shows or tests the product itself; no claim about anybody's accuracy.</summary>
    Demonstration,
}

/// <summary>Where a dataset's hospitals stand to the training data.</summary>
public enum Distribution
{
    /// <summary>In-distribution: its hospitals contributed training data.</summary>
    Iid,

    /// <summary>Out-of-distribution: none of its hospitals did.</summary>
    Ood,

    /// <summary>Some did; its case list says which case is which.</summary>
    Mixed,
}

/// <summary>One dataset of the manifest.</summary>
public sealed record Dataset
{
    /// <summary>Stable id: lower-case letters, digits, dots and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Year of the version counted here; null when it has none.</summary>
    public required int? Year { get; init; }

    /// <summary>What it is for.</summary>
    public required DatasetPurpose Purpose { get; init; }

    /// <summary>True when CTs and annotations can be had by everybody; false when any of them is held back.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>
    /// True when the manifest wants the dataset's cases shown in the case viewer. Whether they are is for
    /// <see cref="CaseRelease"/> to say. Default false.
    /// </summary>
    public bool HasViewer { get; init; }

    /// <summary>
    /// True when it may be known which hidden case, by its pseudonym, has which metadata; see
    /// <see cref="Leaderboard.ContestDataset.TellsMetadata"/>. Default false.
    /// </summary>
    public bool TellsMetadata { get; init; }

    /// <summary>CT volumes in the original collection; null when unknown.</summary>
    public required int? VolumesOriginal { get; init; }

    /// <summary>CT volumes that can be used; null when unknown.</summary>
    public required int? VolumesAccessible { get; init; }

    /// <summary>Structures annotated in the original collection; 0 when it came without annotations.</summary>
    public required int? Structures { get; init; }

    /// <summary>Hospitals; null when unknown.</summary>
    public required int? Hospitals { get; init; }

    /// <summary>Countries of the hospitals, as codes; empty when unknown.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>Who annotated: <c>human</c>, <c>ai</c>; empty when unknown or nobody.</summary>
    public required IReadOnlyList<string> Annotators { get; init; }

    /// <summary>Licence as its source states it; null when the source states none.</summary>
    public required string? License { get; init; }

    /// <summary>In or out of distribution with respect to the training data.</summary>
    public required Distribution Distribution { get; init; }

    /// <summary>
    /// Version of the reference masks, raised by whoever corrects one; results of another version are scored again. Default 1.
    /// </summary>
    public int ReferenceVersion { get; init; } = 1;

    /// <summary>Id of the collection that contains it; null for none.</summary>
    public required string? PartOf { get; init; }

    /// <summary>Where these facts come from.</summary>
    public required string Source { get; init; }

    /// <summary>A remark for readers; null for none.</summary>
    public required string? Note { get; init; }

    /// <summary>Where the cases lie on this machine; null when only the catalogue entry is known here.</summary>
    public required DatasetFiles? Files { get; init; }
}
