namespace Touchstone.Harness.Datasets;

/// <summary>What a verification found.</summary>
public enum VerificationStatus
{
    /// <summary>Everything that the manifest promises is there and right.</summary>
    Verified,

    /// <summary>Something is missing, damaged, changed, no mask or off the grid.</summary>
    Faulty,

    /// <summary>The manifest says where the cases should lie, and nothing is there.</summary>
    Absent,

    /// <summary>The manifest does not say where its cases lie: a catalogue entry.</summary>
    CatalogueOnly,
}

/// <summary>The verification of one dataset.</summary>
public sealed record DatasetVerification
{
    /// <summary>Id of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>What was found.</summary>
    public required VerificationStatus Status { get; init; }

    /// <summary>Cases of the case list.</summary>
    public int Cases { get; init; }

    /// <summary>Masks that were read to their last byte and held to their CT's grid.</summary>
    public int Masks { get; init; }

    /// <summary>Files whose SHA-256 was computed and compared.</summary>
    public int Files { get; init; }

    /// <summary>What is wrong, one line each, naming the file.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What is only odd, one line each, naming the file: headers that contradict themselves, masks that overlap.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
