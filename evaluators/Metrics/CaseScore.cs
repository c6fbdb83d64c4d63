namespace Touchstone.Evaluators;

/// <summary>The scores of one case.</summary>
public sealed record CaseScore
{
    /// <summary>Spacing of the reference.</summary>
    public required Spacing SpacingMm { get; init; }

    /// <summary>One entry per annotated structure, in the order asked for.</summary>
    public required IReadOnlyList<StructureScore> Structures { get; init; }

    /// <summary>
    /// Voxels of the prediction whose label the label map does not know; counted, and otherwise ignored.
    /// </summary>
    public required long UnknownLabelVoxels { get; init; }

    /// <summary>
    /// Voxels that two or more of the prediction's masks claim; each mask is scored as it is all the same. Null when the
    /// prediction is one volume, in which no two can, or when there is none.
    /// </summary>
    public long? OverlappingVoxels { get; init; }

    /// <summary>
    /// What is odd about the headers and what the scores go by all the same, a line each that names the side; what the prediction
    /// shares with the reference is said once. Empty for headers in order.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
