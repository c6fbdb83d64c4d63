using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>
/// The primary key of the table <c>result</c>, which its scores and outputs repeat; without a case, that of
/// <c>import</c>.
/// </summary>
internal readonly record struct ResultKey(string EntryId, string Dataset, string? CaseId)
{
    public static ResultKey Of(CaseResult result) => new(result.Entry.Id, result.Case.Dataset, result.Case.Case);
}

/// <summary>A row of the table <c>score</c>.</summary>
internal sealed record StructureRow
{
    public required string EntryId { get; init; }

    public required string Dataset { get; init; }

    public required string CaseId { get; init; }

    public required string Structure { get; init; }

    public required int Position { get; init; }

    public required long ReferenceVoxels { get; init; }

    public required long PredictionVoxels { get; init; }

    public required long BothVoxels { get; init; }

    public required double? Dsc { get; init; }

    public required double? Nsd { get; init; }

    public required double? HdMm { get; init; }

    public required double? Hd95Mm { get; init; }

    public required double? AssdMm { get; init; }

    public required double ReferenceMl { get; init; }

    public required double PredictionMl { get; init; }

    public required double? AsdReferenceToPredictionMm { get; init; }

    public required double? AsdPredictionToReferenceMm { get; init; }

    public required double? AssdPooledMm { get; init; }

    public required double? ReferenceAreaMm2 { get; init; }

    public required double? PredictionAreaMm2 { get; init; }

    public required double? HdAtPercentileMm { get; init; }

    public required double? Sensitivity { get; init; }

    public required double? Precision { get; init; }

    public required double? RelativeVolumeError { get; init; }

    public required double? FalsePositiveMl { get; init; }

    public required int? PredictionComponents { get; init; }

    public required bool? ReferenceTouchesBorder { get; init; }

    public required bool? PredictionTouchesBorder { get; init; }

    public ResultKey Key => new(EntryId, Dataset, CaseId);

    public static IEnumerable<StructureRow> Of(CaseResult result) => result.Scores.Select((score, i) => new StructureRow
    {
        EntryId = result.Entry.Id,
        Dataset = result.Case.Dataset,
        CaseId = result.Case.Case,
        Structure = score.Structure,
        Position = i,
        ReferenceVoxels = score.ReferenceVoxels,
        PredictionVoxels = score.PredictionVoxels,
        BothVoxels = score.BothVoxels,
        Dsc = score.Dsc,
        Nsd = score.Nsd,
        HdMm = score.HdMm,
        Hd95Mm = score.Hd95Mm,
        AssdMm = score.AssdMm,
        ReferenceMl = score.ReferenceMl,
        PredictionMl = score.PredictionMl,
        AsdReferenceToPredictionMm = score.AsdReferenceToPredictionMm,
        AsdPredictionToReferenceMm = score.AsdPredictionToReferenceMm,
        AssdPooledMm = score.AssdPooledMm,
        ReferenceAreaMm2 = score.ReferenceAreaMm2,
        PredictionAreaMm2 = score.PredictionAreaMm2,
        HdAtPercentileMm = score.HdAtPercentileMm,
        Sensitivity = score.Sensitivity,
        Precision = score.Precision,
        RelativeVolumeError = score.RelativeVolumeError,
        FalsePositiveMl = score.FalsePositiveMl,
        PredictionComponents = score.PredictionComponents,
        ReferenceTouchesBorder = score.ReferenceTouchesBorder,
        PredictionTouchesBorder = score.PredictionTouchesBorder,
    });
}

/// <summary>A row of the table <c>output</c>.</summary>
internal sealed record OutputRow
{
    public required string EntryId { get; init; }

    public required string Dataset { get; init; }

    public required string CaseId { get; init; }

    public required int Position { get; init; }

    public required string Path { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    public ResultKey Key => new(EntryId, Dataset, CaseId);

    public static IEnumerable<OutputRow> Of(CaseResult result) => result.Outputs.Select((output, i) => new OutputRow
    {
        EntryId = result.Entry.Id,
        Dataset = result.Case.Dataset,
        CaseId = result.Case.Case,
        Position = i,
        Path = output.Path,
        Bytes = output.Bytes,
        Sha256 = output.Sha256,
    });
}
