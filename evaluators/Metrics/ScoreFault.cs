namespace Touchstone.Evaluators;

/// <summary>
/// Whether the numbers of a score can stand together. Scores are kept for years in files that anything may happen to; what
/// contradicts itself was never measured.
/// </summary>
public static class ScoreFault
{
    // Protocols compute in double precision, in single precision, or round to thousandths.
    private const double Exact = 1e-9;
    private const double Single = 1e-5;
    private const double Thousandth = 0.0005 + Single;

    /// <summary>The first number that lies where no measurement can; null when there is none.</summary>
    /// <param name="score">The score.</param>
    public static string? OfRanges(StructureScore score)
    {
        (string Name, double? Value)[] fractions =
            [("DSC", score.Dsc), ("NSD", score.Nsd), ("sensitivity", score.Sensitivity), ("precision", score.Precision)];
        (string Name, double? Value)[] sizes =
        [
            ("HD", score.HdMm), ("HD95", score.Hd95Mm), ("HD at a percentile", score.HdAtPercentileMm), ("ASSD", score.AssdMm),
            ("pooled ASSD", score.AssdPooledMm), ("ASD of the reference", score.AsdReferenceToPredictionMm),
            ("ASD of the prediction", score.AsdPredictionToReferenceMm), ("area of the reference", score.ReferenceAreaMm2),
            ("area of the prediction", score.PredictionAreaMm2), ("volume of the reference", score.ReferenceMl),
            ("volume of the prediction", score.PredictionMl), ("false positive volume", score.FalsePositiveMl),
            ("number of parts", score.PredictionComponents), ("voxels of the reference", score.ReferenceVoxels),
            ("voxels of the prediction", score.PredictionVoxels), ("voxels of both", score.BothVoxels),
        ];
        return fractions.FirstOrDefault(one => !(one.Value is null or (>= 0 and <= 1))) is { Name: not null } fraction
            ? Say(score, $"{fraction.Name} is {fraction.Value}, but lies between 0 and 1")
            : sizes.FirstOrDefault(one => !(one.Value is null or (>= 0 and < double.PositiveInfinity))) is { Name: not null } size
                ? Say(score, $"{size.Name} is {size.Value}, but is never below 0")
                : !double.IsFinite(score.RelativeVolumeError ?? 0) ? Say(score, $"its relative volume error is no number") : null;
    }

    /// <summary>How its counts of voxels contradict each other or its metrics; null when all fits.</summary>
    /// <param name="score">The score, its numbers within their ranges.</param>
    /// <param name="protocol">Name of the definition that made it; of an unknown one only the counts are looked at.</param>
    public static string? OfCounts(StructureScore score, string protocol)
    {
        var (a, b, both) = (score.ReferenceVoxels, score.PredictionVoxels, score.BothVoxels);
        var fault = both > Math.Min(a, b) ? Say(score, $"{both} voxels are in both masks, which have {a} and {b}") : null;
        fault ??= Volumes(score) ?? Fraction(score, "sensitivity", score.Sensitivity, both, a);
        fault ??= Fraction(score, "precision", score.Precision, both, b);
        return fault ?? protocol switch
        {
            Protocol.SurfaceDistance => Dice(score, a + b == 0 ? null : 2.0 * both / (a + b), Exact) ?? Surfaces(score, a + b > 0),
            Protocol.Monai => Dice(score, a == 0 ? null : 2.0 * both / (a + b), Single) ?? Surfaces(score, a + b > 0),
            Protocol.BodyMaps2024 => Dice(score, a == 0 ? null : 2.0 * both / (a + b + 1), Thousandth)
                ?? Defined(score, "NSD", score.Nsd, a > 0),
            _ => null,
        };
    }

    /// <summary>What a case without a valid prediction has and must not have; null when there is nothing.</summary>
    /// <param name="score">The score.</param>
    public static string? OfNothing(StructureScore score) =>
        score.Dsc is not null || score.Nsd is not null || score.PredictionVoxels != 0 || score.BothVoxels != 0
            ? Say(score, $"it has scores, although the case ended without a valid prediction")
            : null;

    private static string? Surfaces(StructureScore score, bool isThere)
    {
        var hasBoth = score.ReferenceVoxels > 0 && score.PredictionVoxels > 0;
        return Defined(score, "NSD", score.Nsd, isThere)
            ?? (hasBoth || score.Nsd is null or 0 ? null : Say(score, $"NSD is {score.Nsd}, but one of the masks is empty"))
            ?? Defined(score, "HD95", score.Hd95Mm, hasBoth) ?? Defined(score, "ASSD", score.AssdMm, hasBoth);
    }

    private static string? Dice(StructureScore score, double? counted, double tolerance) =>
        Defined(score, "DSC", score.Dsc, counted is not null)
        ?? (counted is null || Math.Abs(score.Dsc!.Value - counted.Value) <= tolerance ? null : Say(
            score,
            $"DSC is {score.Dsc}, but its voxels ({score.ReferenceVoxels}, {score.PredictionVoxels}, both {score.BothVoxels}) give {counted:0.######}"));

    private static string? Defined(StructureScore score, string name, double? value, bool isDefined) =>
        (value is not null) == isDefined ? null : Say(
            score,
            $"{name} is {(value is null ? "undefined" : FormattableString.Invariant($"{value}"))}, which {score.ReferenceVoxels} voxels in the reference and {score.PredictionVoxels} in the prediction contradict");

    private static string? Fraction(StructureScore score, string name, double? value, long part, long whole) =>
        value is null || (whole > 0 && Math.Abs(value.Value - ((double)part / whole)) <= Exact) ? null : Say(
            score, $"its {name} is {value}, but {part} of {whole} voxels are meant");

    /// <summary>All voxels of a case have one volume.</summary>
    private static string? Volumes(StructureScore score)
    {
        var (a, b) = (score.ReferenceVoxels * score.PredictionMl, score.PredictionVoxels * score.ReferenceMl);
        return (score.ReferenceVoxels == 0) == (score.ReferenceMl == 0) && (score.PredictionVoxels == 0) == (score.PredictionMl == 0)
            && Math.Abs(a - b) <= Exact * Math.Max(a, b)
                ? null
                : Say(
                    score,
                    $"{score.ReferenceVoxels} voxels of {score.ReferenceMl} ml and {score.PredictionVoxels} of {score.PredictionMl} ml are not of one size");
    }

    private static string Say(StructureScore score, FormattableString what) =>
        $"{score.Structure}: {FormattableString.Invariant(what)}.";
}
