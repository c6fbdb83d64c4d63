using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>What has become of a trial. The names are part of reports.</summary>
public enum TrialState
{
    /// <summary>Trained and tested; single test cases may have failed.</summary>
    Completed,

    /// <summary>Its job ended in any other way, or the pre-training that it builds on did: it counts with the worst value.</summary>
    Failed,

    /// <summary>It has not been run yet: it counts for nothing.</summary>
    Waiting,
}

/// <summary>One trial of one cell with its scores.</summary>
public sealed record TrialOutcome
{
    /// <summary>Which.</summary>
    public required ExpectedTrial Trial { get; init; }

    /// <summary>What has become of it.</summary>
    public required TrialState State { get; init; }

    /// <summary>How it ended, in words; null while it waits.</summary>
    public required string? Detail { get; init; }

    /// <summary>Test cases without a valid prediction, which count with the worst value.</summary>
    public required int FailedCases { get; init; }

    /// <summary>Mean over structures of means over test cases, [0, 1]; null while it waits, and for undefined.</summary>
    public required double? Dsc { get; init; }

    /// <inheritdoc cref="Dsc"/>
    public required double? Nsd { get; init; }

    /// <summary>The structures, in the task's order; empty while it waits.</summary>
    public required IReadOnlyList<StructureMean> Structures { get; init; }

    /// <summary>The job's result; null for none, also where its pre-training failed.</summary>
    internal JobResult? Result { get; init; }
}

/// <summary>One structure of a trial.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Dsc">Mean over test cases, [0, 1]; null where it is undefined in all of them.</param>
/// <param name="Nsd">The same of NSD; null also where an import has none.</param>
public sealed record StructureMean(string Structure, double? Dsc, double? Nsd);

/// <summary>
/// Makes trials out of results. This is the one place that decides what failures of a study are worth: 0, the worst value
/// of DSC and NSD, for every structure that is annotated.
/// </summary>
internal static class TrialOutcomes
{
    /// <summary>Every expected trial, in the order of the study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="results">Its results by the names of jobs.</param>
    public static IReadOnlyList<TrialOutcome> Of(StudyOutline study, IReadOnlyDictionary<string, JobResult> results)
    {
        var counted = study.Tasks.ToDictionary(task => task.Name, task => Annotated(task, results.Values));
        return [.. study.Expected.Select(trial => Of(trial, results, counted[trial.Task]))];
    }

    private static TrialOutcome Of(
        ExpectedTrial trial, IReadOnlyDictionary<string, JobResult> results, IReadOnlyList<(string Name, bool HasNsd)> structures)
    {
        if (results.GetValueOrDefault(trial.Job) is not { } result)
        {
            return results.GetValueOrDefault(trial.PretrainingJob ?? "") is { Ending: not Ending.Completed } start
                ? Failed(trial, null, $"Its pre-training failed: {start.EndingDetail}", structures)
                : Whole(trial, TrialState.Waiting, null, null, 0, []);
        }

        return result.Ending == Ending.Completed
            ? Whole(
                trial, TrialState.Completed, result.EndingDetail, result, result.Test.Count(one => one.Ending != Ending.Completed),
                [.. structures.Select(structure => MeanOf(structure, result))])
            : Failed(trial, result, result.EndingDetail, structures);
    }

    private static TrialOutcome Failed(
        ExpectedTrial trial, JobResult? result, string detail, IReadOnlyList<(string Name, bool HasNsd)> structures) => Whole(
            trial, TrialState.Failed, detail, result, result?.Test.Count ?? 0,
            [.. structures.Select(one => new StructureMean(one.Name, 0, one.HasNsd ? 0 : null))]);

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

    private static StructureMean MeanOf((string Name, bool HasNsd) structure, JobResult result)
    {
        var rows = result.Test.SelectMany(
            one => one.Scores.Where(score => score.Structure == structure.Name), (one, score) => (one.Ending, Score: score)).ToList();

        // An import without NSD has none, whatever its failed cases are worth in DSC.
        var lacksNsd = rows.Any(row => row is { Ending: Ending.Completed, Score: { Dsc: not null, Nsd: null } });
        return new StructureMean(
            structure.Name,
            Mean(rows.Select(row => row.Ending == Ending.Completed ? row.Score.Dsc : 0)),
            structure.HasNsd && !lacksNsd ? Mean(rows.Select(row => row.Ending == Ending.Completed ? row.Score.Nsd : 0)) : null);
    }

    /// <summary>The structures of a task that any result has a row of, and whether any has an NSD; all while there is none.</summary>
    private static IReadOnlyList<(string Name, bool HasNsd)> Annotated(OutlineTask task, IEnumerable<JobResult> results)
    {
        var rows = results.Where(one => one.Job.Task == task.Name).SelectMany(one => one.Test).SelectMany(one => one.Scores).ToList();
        return rows.Count == 0
            ? [.. task.Structures.Select(name => (name, true))]
            : [.. task.Structures.Where(name => rows.Any(row => row.Structure == name))
                .Select(name => (name, rows.Any(row => row.Structure == name && (row.Nsd is not null || row.ReferenceMl is not null))))];
    }

    private static double? Mean(IEnumerable<double?> values) => Describe.Mean([.. values.OfType<double>()]);
}
