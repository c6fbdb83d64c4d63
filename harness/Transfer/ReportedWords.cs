using Touchstone.Leaderboard.Reported;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>Finds the printed numbers that a study wants beside its own.</summary>
internal static class ReportedWords
{
    /// <summary>What is wrong with a mapping; null when the table has all its words.</summary>
    /// <param name="mapping">The mapping.</param>
    public static string? Fault(ReportedMapping mapping)
    {
        if (ReportedTables.All.FirstOrDefault(one => one.Id == mapping.Table) is not { } table)
        {
            return $"there is no printed table \"{mapping.Table}\". Known: {string.Join(", ", ReportedTables.All.Select(one => one.Id))}.";
        }

        return Missing("group", mapping.Backbones.Values, table.Rows.Select(row => row.Group ?? ""))
            ?? Missing("method", mapping.Pretrainings.Values, table.Rows.Select(row => row.Method))
            ?? Missing(
                "target", mapping.Tasks.Values.Concat(mapping.Structures.Values), table.Rows.Select(row => $"{row.Dataset}/{row.Target}"));

        string? Missing(string what, IEnumerable<string> words, IEnumerable<string> printed) =>
            words.Except(printed).FirstOrDefault() is { } word
                ? $"{mapping.Table} has no {what} \"{word}\": {string.Join(", ", printed.Distinct())}."
                : null;
    }

    /// <summary>Every printed number that a study maps.</summary>
    /// <param name="study">The study.</param>
    public static IReadOnlyList<ReportedBeside> Of(TransferStudy study) =>
    [
        .. from mapping in study.Reported
           let table = ReportedTables.All.First(one => one.Id == mapping.Table)
           from backbone in mapping.Backbones
           from pretraining in mapping.Pretrainings
           from target in mapping.Tasks.Select(one => (Task: (string?)one.Key, Structure: (string?)null, one.Value))
               .Concat(mapping.Structures.Select(one => (Task: (string?)null, Structure: (string?)one.Key, one.Value)))
           from row in table.Rows
           where (row.Group, row.Method, $"{row.Dataset}/{row.Target}") == (backbone.Value, pretraining.Value, target.Value)
               && row.Metric is "dsc" or "nsd"
           select Beside(table, row, backbone.Key, pretraining.Key, target.Task, target.Structure),
    ];

    private static ReportedBeside Beside(
        ReportedTable table, ReportedRow row, string backbone, string pretraining, string? task, string? structure)
    {
        var unit = table.IsPercent ? 100.0 : 1;
        return new ReportedBeside(
            backbone, pretraining, task, structure, row.Metric, row.Mean / unit, row.Sd / unit, row.N,
            $"{table.Source}: {row.Group}, {row.Method}, {row.Target} on {row.Dataset}");
    }
}
