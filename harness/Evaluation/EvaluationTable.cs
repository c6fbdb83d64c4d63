using System.Globalization;
using Spectre.Console;
using Touchstone.Evaluators;
using Touchstone.Harness.Commands;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Evaluation;

/// <summary>An evaluation as text for the terminal: means by structure, and of how many cases each is.</summary>
internal static class EvaluationTable
{
    private static readonly string[] Metrics = ["DSC", "NSD", "HD95 mm", "ASSD mm"];

    private static readonly (string Name, Func<StructureSummary, int> Count)[] Counts =
    [
        ("Missed", row => row.Missed),
        ("Absent", row => row.Absent),
        ("False pos.", row => row.FalsePositive),
        ("Failed", row => row.Failed),
    ];

    /// <summary>Prints caption and table, and what is odd about headers; structures on neither side of any case are only named.</summary>
    /// <param name="console">Where.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="cases">What came of each case.</param>
    /// <param name="missing">What a case without a valid prediction is worth.</param>
    public static void Print(
        IAnsiConsole console, Protocol protocol, IReadOnlyList<EvaluatedCase> cases, MissingRule missing)
    {
        var rows = StructureSummary.Of(cases, protocol.Name, missing);
        var shown = rows.Where(row => row.Present + row.FalsePositive > 0).ToList();
        console.PrintLine($"\n{Caption(protocol, cases, missing)}");
        console.Write(Of(shown.Count > 0 ? shown : rows, isOfMany: cases.Count > 1));
        if (shown.Count > 0 && shown.Count < rows.Count)
        {
            console.PrintLine($"On neither side of any case: {NameList.Of([.. rows.Except(shown).Select(row => row.Structure)])}.");
        }

        foreach (var line in HeaderRemarks.Lines(cases))
        {
            console.PrintLine(line);
        }
    }

    /// <summary>What the means are of, a line.</summary>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="cases">What came of each case.</param>
    /// <param name="missing">What a case without a valid prediction is worth.</param>
    public static string Caption(Protocol protocol, IReadOnlyList<EvaluatedCase> cases, MissingRule missing)
    {
        var lost = cases.Count(one => one is { Score: null, Inventory: null });
        var failed = cases.Count(one => one is { Score: null, Inventory: not null });
        var left = missing == MissingRule.Dropped ? cases.Count - lost - failed : cases.Count - lost;
        var words = left == cases.Count
            ? $"means over {Counted.Of(left, "case")}"
            : Words($"means over {left} of {Counted.Of(cases.Count, "case")}");
        var rule = failed == 0 ? ""
            : missing == MissingRule.Dropped ? Words($", {failed} without a valid prediction left out (--missing skip)")
            : Words($", {failed} of them without a valid prediction: DSC and NSD count 0 there, distances are undefined");
        return Words($"{protocol.Name} · NSD at {protocol.ToleranceMm} mm · {words}{rule}")
            + (lost == 0 ? "" : Words($", {lost} whose reference cannot be read left out"));
    }

    /// <summary>A row a structure. What is counted and is 0 everywhere has no column.</summary>
    /// <param name="rows">The structures.</param>
    /// <param name="isOfMany">Whether there are several cases, so that every mean says of how many it is.</param>
    public static Table Of(IReadOnlyList<StructureSummary> rows, bool isOfMany)
    {
        var counts = Counts.Where(count => rows.Any(row => count.Count(row) > 0)).ToList();
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("Structure").NoWrap());
        foreach (var name in counts.Select(count => count.Name).Prepend("Cases"))
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var name in Metrics)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn(new TableColumn("Ref. mL").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Pred. mL").RightAligned().NoWrap());
        foreach (var row in rows)
        {
            table.AddRow(
            [
                Markup.Escape(row.Structure), Words($"{row.Present}"), .. counts.Select(count => Words($"{count.Count(row)}")),
                Cell(row.Dsc, "0.0000"), Cell(row.Nsd, "0.0000"), Cell(row.Hd95Mm, "0.00"), Cell(row.AssdMm, "0.00"),
                Volume(row.ReferenceMl), Volume(row.PredictionMl),
            ]);

            string Cell(CountedMean mean, string format) => isOfMany && mean.Value is not null
                ? Words($"{Value(mean, format)} ({mean.Count} of {row.Annotated})")
                : Value(mean, format);

            // Of the cases that the first column counts, unless it says otherwise.
            string Volume(CountedMean mean) => isOfMany && mean.Value is not null && mean.Count != row.Present
                ? Words($"{Value(mean, "0.0")} ({mean.Count})")
                : Value(mean, "0.0");
        }

        return table;
    }

    private static string Value(CountedMean mean, string format) =>
        mean.Value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
