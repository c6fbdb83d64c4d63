using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>The long tables, of every case: written row by row, with the results of one entry in memory at a time.</summary>
public static partial class ScoresCsv
{
    internal static void WriteScores(TextWriter text, CountedScores scores, ResultSet results)
    {
        var csv = new Csv(
            text, "entry", "team", "name", "dataset", "case", "distribution", "structure", "ending", "protocol",
            "tolerance_mm", "dsc", "nsd", "dsc_counted", "nsd_counted", "hd_mm", "hd95_mm", "assd_mm",
            "reference_ml", "prediction_ml");
        for (var e = 0; e < scores.Entries.Count; e++)
        {
            var whole = ExpectedCase.Arrange(scores.Cases, results.OfEntry(scores.Entries[e].Id));
            for (var c = 0; c < scores.Cases.Count; c++)
            {
                WriteScores(csv, scores, e, scores.Cases[c], whole[c]);
            }
        }
    }

    internal static void WriteCases(TextWriter text, CountedScores scores)
    {
        var csv = new Csv(
            text, "entry", "team", "name", "dataset", "case", "distribution", "ending", "detail", "exit_code",
            "seconds_counted", "run_seconds", "set_up_seconds", "collect_seconds", "score_seconds",
            "cpu_seconds", "peak_memory_bytes", "unknown_label_voxels", "limit_seconds", "limit_memory_bytes",
            "machine_cpu", "machine_gpu", "touchstone");
        foreach (var (entry, one) in from entry in scores.Entries from one in scores.Cases select (entry, one))
        {
            var result = scores.Result(entry, one);
            var timing = result?.Timing;
            csv.Add(entry.Id).Add(entry.Team).Add(entry.Name).Add(one.Dataset.Id).Add(one.ShownName)
                .Add(Distribution(one)).Add(Ended(scores, entry, one)).Add(result?.EndingDetail).Add(result?.ExitCode)
                .Add(result is null ? null : Runs.CountedSeconds(result)).Add(timing?.RunSeconds)
                .Add(timing?.SetUpSeconds).Add(timing?.CollectSeconds).Add(timing?.ScoreSeconds).Add(timing?.CpuSeconds)
                .Add(timing?.PeakMemoryBytes).Add(result?.UnknownLabelVoxels).Add(result?.Limits.WallSeconds)
                .Add(result?.Limits.MemoryBytes)
                .Add(result?.Machine.Cpu).Add(result?.Machine.Gpu).Add(result?.Provenance.Touchstone)
                .EndRow();
        }
    }

    /// <summary>One row per annotated structure of a case.</summary>
    private static void WriteScores(Csv csv, CountedScores scores, int e, ExpectedCase one, CaseResult? result)
    {
        var (entry, contest) = (scores.Entries[e], scores.Contest);
        for (var s = 0; s < scores.Structures.Count; s++)
        {
            if (!scores.IsAnnotated(one.Index, s))
            {
                continue;
            }

            var score = result?.Scores.FirstOrDefault(score => score.Structure == scores.Structures[s]);
            double? Raw(Metric metric, double? own) => result is null ? scores.Raw(e, metric, s, one.Index) : own;
            csv.Add(entry.Id).Add(entry.Team).Add(entry.Name).Add(one.Dataset.Id).Add(one.ShownName)
                .Add(Distribution(one)).Add(scores.Structures[s]).Add(Ended(scores, entry, one)).Add(contest.Protocol)
                .Add(contest.ToleranceMm).Add(Raw(Metric.Dsc, score?.Dsc)).Add(Raw(Metric.Nsd, score?.Nsd))
                .Add(scores.Value(e, Metric.Dsc, s, one.Index)).Add(scores.Value(e, Metric.Nsd, s, one.Index))
                .Add(score?.HdMm).Add(score?.Hd95Mm).Add(score?.AssdMm)
                .Add(one.Dataset.IsPublic ? score?.ReferenceMl : null)
                .Add(one.Dataset.IsPublic ? score?.PredictionMl : null)
                .EndRow();
        }
    }

    private static string Distribution(ExpectedCase one) => one.Case.IsInDistribution ? "iid" : "ood";

    private static string Ended(CountedScores scores, Entry entry, ExpectedCase one) =>
        scores.Result(entry, one) is { } result ? Name(result.Ending)
        : scores.HasArrived(entry, one) ? "imported"
        : "missing";
}
