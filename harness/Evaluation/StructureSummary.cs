using Touchstone.Evaluators;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Evaluation;

/// <summary>
/// One structure over all cases. A case without a valid prediction counts with DSC 0 and NSD 0 for every structure that is
/// annotated in it, as on boards; distances have no worst value, so nothing stands in for them and their means tell of how many.
/// </summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Annotated">Cases in which it was looked for, also where it is absent.</param>
/// <param name="Present">Cases whose reference holds it.</param>
/// <param name="Missed">Of these, those whose valid prediction has none of it.</param>
/// <param name="Absent">Cases in which neither side has it.</param>
/// <param name="FalsePositive">Cases in which only the prediction has it.</param>
/// <param name="Failed">Cases without a valid prediction.</param>
/// <param name="Dsc">Mean DSC.</param>
/// <param name="Nsd">Mean NSD.</param>
/// <param name="Hd95Mm">Mean HD95.</param>
/// <param name="AssdMm">Mean ASSD.</param>
/// <param name="ReferenceMl">Mean volume of the reference, over all annotated cases.</param>
/// <param name="PredictionMl">Mean volume of the valid predictions.</param>
internal sealed record StructureSummary(
    string Structure,
    int Annotated,
    int Present,
    int Missed,
    int Absent,
    int FalsePositive,
    int Failed,
    CountedMean Dsc,
    CountedMean Nsd,
    CountedMean Hd95Mm,
    CountedMean AssdMm,
    CountedMean ReferenceMl,
    CountedMean PredictionMl)
{
    /// <summary>A summary a structure, in the order in which they first appear.</summary>
    /// <param name="cases">What came of each case.</param>
    /// <param name="protocol">Name of the definition of the metrics.</param>
    /// <param name="missing">What a case without a valid prediction is worth.</param>
    public static IReadOnlyList<StructureSummary> Of(IReadOnlyList<EvaluatedCase> cases, string protocol, MissingRule missing)
    {
        var rows = from one in cases
                   from score in (one.Score ?? one.Inventory)?.Structures ?? []
                   group (Score: score, IsValid: one.Score is not null) by score.Structure;
        return [.. rows.Select(row => Of(row.Key, [.. row], Worth))];

        double? Worth(StructureScore score, bool isValid, Metric metric) => CountedScore.Of(
            isValid, CountedScore.ScoreOf(score, metric), CountedScore.IsDue(metric, protocol, score.ReferenceVoxels > 0), missing);
    }

    private static StructureSummary Of(
        string structure, IReadOnlyList<(StructureScore Score, bool IsValid)> rows, Func<StructureScore, bool, Metric, double?> worth)
    {
        var valid = rows.Where(row => row.IsValid).Select(row => row.Score).ToList();
        return new StructureSummary(
            structure,
            rows.Count,
            rows.Count(row => row.Score.ReferenceVoxels > 0),
            valid.Count(score => score is { ReferenceVoxels: > 0, PredictionVoxels: 0 }),
            valid.Count(score => score is { ReferenceVoxels: 0, PredictionVoxels: 0 }),
            valid.Count(score => score is { ReferenceVoxels: 0, PredictionVoxels: > 0 }),
            rows.Count - valid.Count,
            CountedMean.Of(rows.Select(row => worth(row.Score, row.IsValid, Metric.Dsc))),
            CountedMean.Of(rows.Select(row => worth(row.Score, row.IsValid, Metric.Nsd))),
            CountedMean.Of(valid.Select(score => score.Hd95Mm)),
            CountedMean.Of(valid.Select(score => score.AssdMm)),
            CountedMean.Of(rows.Select(row => (double?)row.Score.ReferenceMl)),
            CountedMean.Of(valid.Select(score => (double?)score.PredictionMl)));
    }
}

/// <summary>A mean with the number of values in it.</summary>
/// <param name="Value">The mean; null when there is no value.</param>
/// <param name="Count">How many values.</param>
internal readonly record struct CountedMean(double? Value, int Count)
{
    /// <summary>The mean of the values that are defined.</summary>
    public static CountedMean Of(IEnumerable<double?> values)
    {
        var defined = values.OfType<double>().ToList();
        return new CountedMean(defined.Count == 0 ? null : defined.Average(), defined.Count);
    }
}
