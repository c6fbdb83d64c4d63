using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>
/// Every number of an evaluation as a table: a row a structure, and a row for a case that was rejected.
/// </summary>
internal static class EvaluationCsv
{
    private static readonly (string Name, Func<StructureScore, IFormattable?> Value)[] Columns =
    [
        ("dsc", score => score.Dsc),
        ("nsd", score => score.Nsd),
        ("hdMm", score => score.HdMm),
        ("hd95Mm", score => score.Hd95Mm),
        ("assdMm", score => score.AssdMm),
        ("assdPooledMm", score => score.AssdPooledMm),
        ("asdReferenceToPredictionMm", score => score.AsdReferenceToPredictionMm),
        ("asdPredictionToReferenceMm", score => score.AsdPredictionToReferenceMm),
        ("referenceVoxels", score => score.ReferenceVoxels),
        ("predictionVoxels", score => score.PredictionVoxels),
        ("bothVoxels", score => score.BothVoxels),
        ("referenceMl", score => score.ReferenceMl),
        ("predictionMl", score => score.PredictionMl),
        ("referenceAreaMm2", score => score.ReferenceAreaMm2),
        ("predictionAreaMm2", score => score.PredictionAreaMm2),
        ("sensitivity", score => score.Sensitivity),
        ("precision", score => score.Precision),
        ("relativeVolumeError", score => score.RelativeVolumeError),
        ("falsePositiveMl", score => score.FalsePositiveMl),
        ("predictionComponents", score => score.PredictionComponents),
        ("referenceTouchesBorder", score => Flag(score.ReferenceTouchesBorder)),
        ("predictionTouchesBorder", score => Flag(score.PredictionTouchesBorder)),
    ];

    /// <summary>The table as UTF-8. Undefined is an empty cell; yes and no are 1 and 0.</summary>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="cases">What came of each case.</param>
    public static byte[] Write(Protocol protocol, IEnumerable<EvaluatedCase> cases)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            WriteRow(csv,
            [
                "case", "status", "reason", "protocol", "toleranceMm", "structure", "label", .. Columns.Select(column => column.Name),
            ]);
            foreach (var one in cases)
            {
                WriteCase(csv, protocol, one);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void WriteCase(CsvWriter csv, Protocol protocol, EvaluatedCase one)
    {
        if (one.Score is not { } score)
        {
            WriteRow(csv, [one.Case.Id, "rejected", one.Reason, protocol.Name, Text(protocol.ToleranceMm)]);
            return;
        }

        foreach (var structure in score.Structures)
        {
            WriteRow(csv,
            [
                one.Case.Id, "scored", null, protocol.Name, Text(protocol.ToleranceMm), structure.Structure,
                Text(one.LabelOf(structure.Structure)), .. Columns.Select(column => Text(column.Value(structure))),
            ]);
        }
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < 7 + Columns.Length; i++)
        {
            csv.WriteField(i < cells.Count ? cells[i] : null);
        }

        csv.NextRecord();
    }

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);

    private static IFormattable? Flag(bool? value) => value is null ? null : value.Value ? 1 : 0;
}
