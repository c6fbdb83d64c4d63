using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>Makes trials out of results. What failures are worth, <see cref="CountedScore"/> says.</summary>
internal static class TrialOutcomes
{
    /// <summary>Every expected trial, in the order of the study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="results">Its results by the names of jobs.</param>
    public static IReadOnlyList<TrialOutcome> Of(StudyOutline study, IReadOnlyDictionary<string, JobResult> results)
    {
        var annotations = study.Tasks.ToDictionary(task => task.Name, task => new Annotations(task, results.Values));
        return [.. study.Expected.Select(trial => Of(trial, results, annotations[trial.Task]))];
    }

    private static TrialOutcome Of(
        ExpectedTrial trial, IReadOnlyDictionary<string, JobResult> results, Annotations annotations)
    {
        if (results.GetValueOrDefault(trial.Job) is not { } result)
        {
            return results.GetValueOrDefault(trial.PretrainingJob ?? "") is { Ending: not Ending.Completed } start
                ? Failed(trial, null, $"Its pre-training failed: {start.EndingDetail}", annotations)
                : Whole(trial, TrialState.Waiting, null, null, 0, []);
        }

        return result.Ending == Ending.Completed
            ? Whole(
                trial, TrialState.Completed, result.EndingDetail, result, result.Test.Count(one => one.Ending != Ending.Completed),
                [.. annotations.Structures.Select(structure => MeanOf(structure, result, annotations))])
            : Failed(trial, result, result.EndingDetail, annotations);
    }

    private static TrialOutcome Failed(ExpectedTrial trial, JobResult? result, string detail, Annotations annotations) => Whole(
        trial, TrialState.Failed, detail, result, result?.Test.Count ?? 0,
        [
            .. annotations.Structures.Select(name => new StructureMean(
                name,
                CountedScore.Of(isScored: false, score: null, annotations.IsDue(name, Metric.Dsc)),
                annotations.HasNsd(name) ? CountedScore.Of(isScored: false, score: null, annotations.IsDue(name, Metric.Nsd)) : null)),
        ]);

    private static TrialOutcome Whole(
        ExpectedTrial trial, TrialState state, string? detail, JobResult? result, int failedCases,
        IReadOnlyList<StructureMean> structures) => new()
        {
            Trial = trial,
            State = state,
            Detail = detail,
            FailedCases = failedCases,
            Dsc = Mean(structures.Select(one => one.Dsc)),
            Nsd = structures.Any(one => one.Nsd is null && one.Dsc is not null) ? null : Mean(structures.Select(one => one.Nsd)),
            Structures = structures,
            Result = result,
        };

    private static StructureMean MeanOf(string structure, JobResult result, Annotations annotations)
    {
        var rows = result.Test
            .Select(one => (one.Ending, Score: one.Scores.FirstOrDefault(score => score.Structure == structure),
                MustHave: annotations.MustBeScored(one, structure)))
            .Where(row => row.Score is not null || row.MustHave).ToList();

        // An import without NSD has none, whatever its failed cases are worth in DSC.
        var lacksNsd = rows.Any(row => row is { Ending: Ending.Completed, Score: { Dsc: not null, Nsd: null } });
        double? Counted(Metric metric, Func<TestScore, double?> score) => Mean(rows.Select(row => CountedScore.Of(
            row.Ending == Ending.Completed && row.Score is not null,
            row.Score is { } own ? score(own) : null,
            annotations.IsDue(row.Score, metric))));
        return new StructureMean(
            structure,
            Counted(Metric.Dsc, score => score.Dsc),
            annotations.HasNsd(structure) && !lacksNsd ? Counted(Metric.Nsd, score => score.Nsd) : null);
    }

    private static double? Mean(IEnumerable<double?> values) => Describe.Mean([.. values.OfType<double>()]);
}
