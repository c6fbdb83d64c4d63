using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Evaluation;

/// <summary>The JSON that <c>touchstone evaluate</c> writes: a stable interface. Undefined is null.</summary>
internal sealed record EvaluationReport(string Protocol, double ToleranceMm, IReadOnlyList<CaseReport> Cases)
{
    /// <summary>The report as UTF-8, numbers exact to the last bit when read back.</summary>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="cases">What came of each case.</param>
    public static byte[] Write(Protocol protocol, IEnumerable<EvaluatedCase> cases) => JsonSerializer.SerializeToUtf8Bytes(
        new EvaluationReport(protocol.Name, protocol.ToleranceMm, [.. cases.Select(CaseReport.Of)]),
        EvaluationJson.Reporting.EvaluationReport);
}

/// <summary>A case in the report.</summary>
internal sealed record CaseReport(
    string Case,
    string Status,
    string? Reason,
    double[]? SpacingMm,
    IReadOnlyList<StructureReport> Structures,
    IReadOnlyList<string> Remarks)
{
    /// <summary>Reports a case.</summary>
    /// <param name="one">What came of it.</param>
    public static CaseReport Of(EvaluatedCase one) => one.Score is { } score
        ? new CaseReport(
            one.Case.Id,
            "scored",
            Reason: null,
            [score.SpacingMm.X, score.SpacingMm.Y, score.SpacingMm.Z],
            [.. score.Structures.Select(structure => StructureReport.Of(structure, one.LabelOf(structure.Structure)))],
            score.Remarks)
        : new CaseReport(one.Case.Id, "rejected", one.Reason, SpacingMm: null, [], []);
}

/// <summary>A structure in the report.</summary>
internal sealed record StructureReport(
    string Structure,
    byte? Label,
    double? Dsc,
    double? Nsd,
    double? HdMm,
    double? Hd95Mm,
    double? AssdMm,
    double ReferenceMl,
    double PredictionMl)
{
    /// <summary>Reports a structure.</summary>
    /// <param name="score">Its scores.</param>
    /// <param name="label">Its label; null when it has a file of its own.</param>
    public static StructureReport Of(StructureScore score, byte? label) => new(
        score.Structure, label, score.Dsc, score.Nsd, score.HdMm, score.Hd95Mm, score.AssdMm, score.ReferenceMl, score.PredictionMl);
}

/// <summary>Source-generated serialiser of the report.</summary>
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationJson : JsonSerializerContext
{
    /// <inheritdoc cref="JsonForms.Report" path="/summary"/>
    public static EvaluationJson Reporting { get; } = new(JsonForms.Report());
}
