namespace Touchstone.Evaluators;

/// <summary>
/// How well one structure of one case was segmented. Null is undefined, and never stands for a number.
/// </summary>
public sealed record StructureScore
{
    /// <summary>Canonical name.</summary>
    public required string Structure { get; init; }

    /// <summary>Voxels of the structure in the reference, |A|. 0 means looked for and absent.</summary>
    public required long ReferenceVoxels { get; init; }

    /// <summary>Voxels of the structure in the prediction, |B|.</summary>
    public required long PredictionVoxels { get; init; }

    /// <summary>Voxels of the structure in both, |A∩B|.</summary>
    public required long BothVoxels { get; init; }

    /// <summary>Dice similarity coefficient, [0, 1], higher is better; null when both masks are empty.</summary>
    public required double? Dsc { get; init; }

    /// <summary>
    /// Normalised surface Dice at the protocol's tolerance, [0, 1], higher is better; null when both masks are empty.
    /// </summary>
    public required double? Nsd { get; init; }

    /// <summary>Hausdorff distance in millimetres, lower is better; null when either mask is empty.</summary>
    public required double? HdMm { get; init; }

    /// <summary>
    /// 95th percentile of the Hausdorff distance in millimetres, lower is better; null when either mask is empty.
    /// </summary>
    public required double? Hd95Mm { get; init; }

    /// <summary>
    /// Average symmetric surface distance in millimetres, lower is better; null when either mask is empty. Mean of the two
    /// directed means, but for <c>monai</c>, which averages over the points of both surfaces.
    /// </summary>
    public required double? AssdMm { get; init; }

    /// <summary>Volume of the reference in millilitres.</summary>
    public required double ReferenceMl { get; init; }

    /// <summary>Volume of the prediction in millilitres.</summary>
    public required double PredictionMl { get; init; }

    /// <summary>
    /// Average distance from the reference's surface to the prediction's, in millimetres, lower is better; null when either
    /// mask is empty. High where the prediction misses something.
    /// </summary>
    public double? AsdReferenceToPredictionMm { get; init; }

    /// <summary>
    /// Average distance from the prediction's surface to the reference's, in millimetres, lower is better; null when either
    /// mask is empty. High where the prediction finds what is not there.
    /// </summary>
    public double? AsdPredictionToReferenceMm { get; init; }

    /// <summary>
    /// Average distance over both surfaces together, in millimetres, lower is better; null when either mask is empty. Unlike
    /// <see cref="AssdMm"/> it counts the larger surface more.
    /// </summary>
    public double? AssdPooledMm { get; init; }

    /// <summary>
    /// Area of the reference's surface in mm², 0 when it is empty; null where the protocol knows no areas.
    /// </summary>
    public double? ReferenceAreaMm2 { get; init; }

    /// <summary>
    /// Area of the prediction's surface in mm², 0 when it is empty; null where the protocol knows no areas.
    /// </summary>
    public double? PredictionAreaMm2 { get; init; }

    /// <summary>
    /// Hausdorff distance at the protocol's <see cref="Protocol.HausdorffPercentile"/> in millimetres, lower is better; null
    /// when either mask is empty.
    /// </summary>
    public double? HdAtPercentileMm { get; init; }

    /// <summary>Share of the reference that was found, |A∩B| / |A|, [0, 1]; null when the reference is empty.</summary>
    public double? Sensitivity { get; init; }

    /// <summary>
    /// Share of the prediction that is right, |A∩B| / |B|, [0, 1]; null when the prediction is empty.
    /// </summary>
    public double? Precision { get; init; }

    /// <summary>
    /// (|B| − |A|) / |A|: 0 is best, below 0 too small, above 0 too large; null when the reference is empty.
    /// </summary>
    public double? RelativeVolumeError { get; init; }

    /// <summary>
    /// Volume predicted of a structure that the reference says is absent, in millilitres, lower is better; null when the
    /// reference is not empty.
    /// </summary>
    public double? FalsePositiveMl { get; init; }

    /// <summary>
    /// Connected parts of the prediction, voxels that share a corner being connected; 0 when it is empty.
    /// </summary>
    public int? PredictionComponents { get; init; }

    /// <summary>True when the reference reaches a face of the volume: the organ may go on beyond the scan.</summary>
    public bool? ReferenceTouchesBorder { get; init; }

    /// <summary>True when the prediction reaches a face of the volume.</summary>
    public bool? PredictionTouchesBorder { get; init; }
}
