using System.Globalization;
using System.Text;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Checks;

/// <summary>A report as people read it, plain text. Pure.</summary>
internal static class CheckText
{
    private const int MostLogLines = 200;

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        var rules = report.Rules;
        var gpu = rules.Gpu ? ", with a GPU" : "";
        text.Append(Words($"{report.Image.Source} under \"{rules.Title}\" ({rules.Challenge}), {rules.Layout} layout{gpu}\n"));
        text.Append(TextLines.Wrap("Limits: ", Limits(rules.Limits))).Append('\n');
        foreach (var finding in report.Findings)
        {
            var place = finding.Case is null ? "" : $"{finding.Case}: ";
            text.Append(TextLines.Wrap($"  {Mark(finding.Level),-5} {finding.Code,-12} ", place + finding.What));
        }

        AddCases(text, report.Cases);
        AddStructures(text, report);
        AddLogs(text, report.Cases);
        AddTasks(text, report.Findings);
        if (report.Replay.Count > 0)
        {
            text.Append("\nRun a case again by hand, with docker alone:\n\n");
            text.AppendJoin("", report.Replay.Select(line => $"  {line}\n"));
        }

        return text.Append('\n').Append(LastLine(report)).Append('\n').ToString();
    }

    private static string Limits(CheckedLimits limits) => Words(
        $"{(limits.WallSeconds is { } seconds ? Words($"{seconds:0.###} s a case") : "time by the size of the case")}, ")
        + Words($"{Sizes.Text(limits.MemoryBytes)} of memory, {limits.Cpus:0.###} {(limits.Cpus == 1 ? "core" : "cores")}, {Counted.Of(limits.Processes, "process", "processes")}; outputs ")
        + $"{Sizes.Text(limits.OutputBytes)}, /tmp and $HOME {Sizes.Text(limits.TemporaryBytes)} each, /dev/shm "
        + $"{Sizes.Text(limits.SharedMemoryBytes)}, image {Sizes.Text(limits.ImageBytes)}";

    private static void AddCases(StringBuilder text, IReadOnlyList<CheckedCase> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }

        string[] header = ["case", "voxels", "mm", "axes", "ending", "seconds", "memory", "found", "mean DSC", "mean NSD"];
        text.Append('\n').Append(TextTable.Of(
            header,
            [.. cases.Select(one => (string[])
            [
                one.Case,
                string.Join('×', one.Voxels),
                string.Join('×', one.SpacingMm.Select(mm => mm.ToString("0.##", CultureInfo.InvariantCulture))),
                one.Axes,
                one.Ending is { } ending ? Codes.Of(ending) : "not run",
                one.Seconds is { } seconds ? Words($"{seconds:0.0} of {one.LimitSeconds:0.###}") : "",
                one is { PeakMemoryBytes: { } peak, LimitPeakBytes: { } limit }
                    ? $"{Sizes.Text(Math.Min(peak, limit))} of {Sizes.Text(limit)}" : "",
                one.IsCompleted ? Words($"{one.Structures.Count(part => part.PredictionVoxels > 0)} of {one.Structures.Count}") : "",
                Score(one.MeanDsc),
                Score(one.MeanNsd),
            ])]));
    }

    private static void AddStructures(StringBuilder text, CheckReport report)
    {
        var completed = report.Cases.Where(one => one.IsCompleted).ToList();
        if (completed.Count == 0)
        {
            return;
        }

        var rows = completed.SelectMany(one => one.Structures).GroupBy(part => part.Structure).Select(part => (string[])
        [
            part.Key,
            part.First().Label is { } label ? Words($"{label}") : "",
            Words($"{part.Count(one => one.PredictionVoxels > 0)} of {part.Count()}"),
            Words($"{part.Count(one => one.ReferenceVoxels > 0)}"),
            Score(part.Where(one => one.ReferenceVoxels > 0).Average(one => one.Dsc)),
            Score(part.Where(one => one.ReferenceVoxels > 0).Average(one => one.Nsd)),
        ]);
        string[] header = ["structure", "label", "found in", "to be found in", "mean DSC", "mean NSD"];
        text.Append('\n').Append(TextTable.Of(header, [.. rows]));
        foreach (var (label, voxels) in completed.SelectMany(one => one.UnknownLabels).GroupBy(one => one.Label)
            .Select(one => (one.Key, one.Sum(found => found.Voxels))).OrderBy(one => one.Key))
        {
            text.Append(Words($"  label {label} means nothing in {report.Rules.Labels}: {Counted.Of(voxels, "voxel")}, ignored\n"));
        }
    }

    private static void AddLogs(StringBuilder text, IReadOnlyList<CheckedCase> cases)
    {
        foreach (var one in cases.Where(one => one is { IsCompleted: false, Log: not null }))
        {
            var lines = one.Log!.TrimEnd('\n').Split('\n');
            text.Append(Words($"\nWhat the container printed for {one.Case}"));
            text.Append(lines is [""] ? ": nothing\n"
                : lines.Length > MostLogLines ? Words($" (the last {MostLogLines} lines):\n") : ":\n");
            text.AppendJoin("", lines is [""] ? [] : lines.TakeLast(MostLogLines).Select(line => $"  | {line}\n"));
        }
    }

    private static void AddTasks(StringBuilder text, IReadOnlyList<Finding> findings)
    {
        var tasks = findings.Where(finding => finding.ToDo is not null)
            .GroupBy(finding => (finding.Level, finding.Code, finding.ToDo)).OrderByDescending(task => task.Key.Level).ToList();
        if (tasks.Count == 0)
        {
            return;
        }

        text.Append("\nWhat to do:\n\n");
        foreach (var (index, task) in tasks.Index())
        {
            var places = string.Join(", ", task.Select(finding => finding.Case).OfType<string>());
            var about = $"{task.Key.Code}{(places.Length > 0 ? $" ({places})" : "")}";
            text.Append(TextLines.Wrap(Words($"  {index + 1}. "), $"{about}: {task.Key.ToDo}"));
        }
    }

    private static string LastLine(CheckReport report)
    {
        var (fails, warnings) = (Count(report, FindingLevel.Fail), Count(report, FindingLevel.Warning));
        var rest = warnings == 0 ? "" : $", {Counted.Of(warnings, "warning")}";
        return report.IsPass
            ? $"PASS{rest}. It can be submitted."
            : $"FAIL: {Counted.Of(fails, "finding")} to repair{rest}.";
    }

    private static int Count(CheckReport report, FindingLevel level) => report.Findings.Count(finding => finding.Level == level);

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok",
        FindingLevel.Warning => "warn",
        FindingLevel.Fail => "FAIL",
    };

    private static string Score(double? score) => score?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
