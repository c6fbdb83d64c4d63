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
    /// Labels of either volume that were not scored: without a name, or of a structure that nobody asked for. Not stored.
    /// </summary>
    public IReadOnlyList<OtherLabel> OtherLabels { get; init; } = [];

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

/// <summary>A label that is in a volume of a case and was not scored.</summary>
/// <param name="Label">The number.</param>
/// <param name="Structure">What its label map calls it; null when that has no name for it.</param>
/// <param name="ReferenceVoxels">Voxels of the reference that have it; 0 also when the reference is no label map.</param>
/// <param name="PredictionVoxels">Voxels of the prediction that have it; 0 also when that is no label map.</param>
public sealed record OtherLabel(byte Label, string? Structure, long ReferenceVoxels, long PredictionVoxels)
{
    /// <summary>The labels that two sides have beside their masks, by number.</summary>
    internal static IReadOnlyList<OtherLabel> Of(MaskSource reference, MaskSet truth, MaskSource prediction, MaskSet judged)
    {
        var labels = ((prediction as MaskSource.LabelFile) ?? (reference as MaskSource.LabelFile))?.Labels.Structures;
        return
        [
            .. truth.OtherLabels.Keys.Union(judged.OtherLabels.Keys).Order().Select(label => new OtherLabel(
                label,
                labels?.GetValueOrDefault(label),
                truth.OtherLabels.GetValueOrDefault(label),
                judged.OtherLabels.GetValueOrDefault(label))),
        ];
    }
}
