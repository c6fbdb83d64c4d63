using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// Everything that a board shows, as CSV for download: fractions and seconds, exact to the last digit. Safe for
/// everybody: cases of hidden datasets go by their pseudonyms, without volumes.
/// </summary>
public static partial class ScoresCsv
{
    /// <summary>One row per entry, case and annotated structure.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What arrived.</param>
    /// <remarks>
    /// <c>dsc_counted</c> and <c>nsd_counted</c> are what the ranking counts: 0 for a failed or missing case.
    /// </remarks>
    public static string Scores(Contest contest, IReadOnlyList<CaseResult> results) =>
        Scores(contest, new CountedScores(contest, results));

    /// <summary>One row per entry and expected case: ending and times.</summary>
    /// <param name="contest">What is expected.</param>
    /// <param name="results">What arrived.</param>
    public static string Cases(Contest contest, IReadOnlyList<CaseResult> results) =>
        Cases(new CountedScores(contest, results));

    /// <summary>One row per scope, structure (empty for the mean over structures), metric and entry.</summary>
    /// <param name="standings">The ranking.</param>
    public static string Standings(Standings standings)
    {
        var csv = new Csv(
            "scope", "dataset", "structure", "metric", "cases", "entry", "n", "mean", "low", "high", "sd", "q1",
            "median", "q3", "mean_then_rank", "median_then_rank", "rank_then_mean", "mean_rank",
            "rank_low", "rank_high");
        foreach (var (table, row) in standings.Tables.SelectMany(table => table.Rows, (table, row) => (table, row)))
        {
            csv.Add(Name(table.Scope.Kind)).Add(table.Scope.Dataset).Add(table.Structure).Add(Name(table.Metric))
                .Add(table.Cases).Add(row.Entry).Add(row.N).Add(row.Mean).Add(row.Interval?.Low).Add(row.Interval?.High)
                .Add(row.Sd).Add(row.Q1).Add(row.Median).Add(row.Q3).Add(row.MeanThenRank).Add(row.MedianThenRank)
                .Add(row.RankThenMean).Add(row.MeanRank).Add(row.RankInterval?.Low).Add(row.RankInterval?.High)
                .EndRow();
        }

        return csv.ToString();
    }

    /// <summary>One row per entry and scope: coverage, endings and seconds.</summary>
    /// <param name="standings">The ranking.</param>
    public static string Entries(Standings standings)
    {
        var endings = Enum.GetValues<Ending>();
        var csv = new Csv(
        [
            "rank", "entry", "team", "name", "is_baseline", "image", "received_at", "scope", "dataset", "expected",
            "scored", "failed", "missing", .. endings.Select(Name), "mean_seconds", "median_seconds",
        ]);
        foreach (var (standing, coverage) in standings.Entries.SelectMany(one => one.Coverage, (a, b) => (a, b)))
        {
            csv.Add(standing.Rank).Add(standing.Entry.Id).Add(standing.Entry.Team).Add(standing.Entry.Name)
                .Add(standing.Entry.IsBaseline).Add(standing.Entry.Image)
                .Add(standing.Entry.ReceivedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
                .Add(Name(coverage.Scope.Kind)).Add(coverage.Scope.Dataset).Add(coverage.Expected).Add(coverage.Scored)
                .Add(coverage.Failed).Add(coverage.Missing);
            foreach (var ending in endings)
            {
                csv.Add(coverage.Endings.GetValueOrDefault(ending));
            }

            csv.Add(coverage.MeanSeconds).Add(coverage.MedianSeconds).EndRow();
        }

        return csv.ToString();
    }

    /// <summary>
    /// One row per entry, structure (empty for the mean over structures) and metric: IID, OOD and their gap.
    /// </summary>
    /// <param name="standings">The ranking.</param>
    public static string Gaps(Standings standings)
    {
        var csv = new Csv("entry", "structure", "metric", "iid", "ood", "gap", "low", "high", "p", "p_holm");
        foreach (var (standing, gap) in standings.Entries.SelectMany(one => one.Gaps, (one, gap) => (one, gap)))
        {
            csv.Add(standing.Entry.Id).Add(gap.Structure).Add(Name(gap.Metric)).Add(gap.Iid).Add(gap.Ood).Add(gap.Value)
                .Add(gap.Interval?.Low).Add(gap.Interval?.High).Add(gap.Test?.P).Add(gap.PHolm).EndRow();
        }

        return csv.ToString();
    }

    /// <summary>
    /// One row per structure (empty for the means over structures), metric and ordered pair of entries.
    /// </summary>
    /// <param name="standings">The ranking.</param>
    public static string Comparisons(Standings standings)
    {
        var csv = new Csv(
            "structure", "metric", "first", "second", "n", "zeros", "w_plus", "z", "p", "p_holm", "same_cases");
        foreach (var pair in standings.Comparisons.Concat(standings.StructureComparisons))
        {
            csv.Add(pair.Structure).Add(Name(pair.Metric)).Add(pair.First).Add(pair.Second).Add(pair.Test.N).Add(pair.Test.Zeros)
                .Add(pair.Test.WPlus).Add(pair.Test.Z).Add(pair.Test.P).Add(pair.PHolm).Add(pair.SameCases).EndRow();
        }

        return csv.ToString();
    }

    internal static string Scores(Contest contest, CountedScores scores)
    {
        var csv = new Csv(
            "entry", "team", "name", "dataset", "case", "distribution", "structure", "ending", "protocol",
            "tolerance_mm", "dsc", "nsd", "dsc_counted", "nsd_counted", "hd_mm", "hd95_mm", "assd_mm",
            "reference_ml", "prediction_ml");
        foreach (var (e, c, s) in from e in Enumerable.Range(0, scores.Entries.Count)
                                  from c in Enumerable.Range(0, scores.Cases.Count)
                                  from s in Enumerable.Range(0, scores.Structures.Count)
                                  where scores.IsAnnotated(c, s)
                                  select (e, c, s))
        {
            var (entry, one) = (scores.Entries[e], scores.Cases[c]);
            var result = scores.Result(entry, one);
            var score = result?.Scores.FirstOrDefault(score => score.Structure == scores.Structures[s]);
            var raw = scores.Raw(entry, one, scores.Structures[s]);
            csv.Add(entry.Id).Add(entry.Team).Add(entry.Name).Add(one.Dataset.Id).Add(one.ShownName)
                .Add(Distribution(one)).Add(scores.Structures[s]).Add(Ended(scores, entry, one)).Add(contest.Protocol)
                .Add(contest.ToleranceMm).Add(raw?.Dsc).Add(raw?.Nsd).Add(scores.Value(e, Metric.Dsc, s, c))
                .Add(scores.Value(e, Metric.Nsd, s, c)).Add(score?.HdMm).Add(score?.Hd95Mm).Add(score?.AssdMm)
                .Add(one.Dataset.IsPublic ? score?.ReferenceMl : null)
                .Add(one.Dataset.IsPublic ? score?.PredictionMl : null)
                .EndRow();
        }

        return csv.ToString();
    }

    internal static string Cases(CountedScores scores)
    {
        var csv = new Csv(
            "entry", "team", "name", "dataset", "case", "distribution", "ending", "detail", "exit_code",
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

        return csv.ToString();
    }

    private static string Distribution(ExpectedCase one) => one.Case.IsInDistribution ? "iid" : "ood";

    private static string Ended(CountedScores scores, Entry entry, ExpectedCase one) =>
        scores.Result(entry, one) is { } result ? Name(result.Ending)
        : scores.HasArrived(entry, one) ? "imported"
        : "missing";

    /// <summary>The same camelCase name that the JSON has.</summary>
    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
