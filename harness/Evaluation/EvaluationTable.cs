using System.Globalization;
using Spectre.Console;
using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>An evaluation as text for the terminal: means over the cases in which a metric is defined.</summary>
internal static class EvaluationTable
{
    /// <summary>A row a structure, in the order in which they first appear.</summary>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="cases">What came of each case.</param>
    public static Table Of(Protocol protocol, IReadOnlyList<EvaluatedCase> cases)
    {
        var tolerance = protocol.ToleranceMm.ToString(CultureInfo.InvariantCulture);
        var table = new Table().Border(TableBorder.Simple)
            .Title($"{protocol.Name} · NSD at {tolerance} mm · means over {cases.Count(one => one.Score is not null)} cases")
            .AddColumn("Structure");
        foreach (var name in new[] { "Cases", "DSC", "NSD", "HD95 mm", "ASSD mm", "Reference mL", "Prediction mL" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var structure in cases.SelectMany(one => one.Score?.Structures ?? []).GroupBy(score => score.Structure))
        {
            table.AddRow(
                Markup.Escape(structure.Key),
                structure.Count().ToString(CultureInfo.InvariantCulture),
                Mean(structure, score => score.Dsc, "0.0000"),
                Mean(structure, score => score.Nsd, "0.0000"),
                Mean(structure, score => score.Hd95Mm, "0.00"),
                Mean(structure, score => score.AssdMm, "0.00"),
                Mean(structure, score => score.ReferenceMl, "0.0"),
                Mean(structure, score => score.PredictionMl, "0.0"));
        }

        return table;
    }

    private static string Mean(IEnumerable<StructureScore> scores, Func<StructureScore, double?> metric, string format) =>
        scores.Average(metric)?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
