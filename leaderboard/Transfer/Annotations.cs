namespace Touchstone.Leaderboard.Transfer;

/// <summary>What a task's results show of its test cases: which structures are annotated, and on which cases.</summary>
internal sealed class Annotations
{
    private readonly HashSet<string> _withNsd;
    private readonly HashSet<string> _everPresent;
    private readonly string _protocol;
    private readonly HashSet<(string Dataset, string Case, string Structure)> _present;

    /// <summary>Gathers them.</summary>
    /// <param name="task">The task.</param>
    /// <param name="results">Results of the study, those of other tasks among them.</param>
    public Annotations(OutlineTask task, IEnumerable<JobResult> results)
    {
        var rows = results.Where(one => one.Job.Task == task.Name).SelectMany(one => one.Test)
            .SelectMany(one => one.Scores, (one, score) => (Case: one, Score: score)).ToList();
        var annotated = rows.Select(row => row.Score.Structure).ToHashSet(StringComparer.Ordinal);
        Structures = rows.Count == 0 ? task.Structures : [.. task.Structures.Where(annotated.Contains)];
        _withNsd = rows.Count == 0
            ? [.. task.Structures]
            : [.. rows.Where(row => row.Score.Nsd is not null || row.Score.ReferenceMl is not null).Select(row => row.Score.Structure)];
        _protocol = task.Protocol;
        _everPresent = rows.Count == 0
            ? [.. task.Structures] : [.. rows.Where(row => IsPresent(row.Score)).Select(row => row.Score.Structure)];
        _present = [.. rows.Where(row => row.Score.Dsc is not null || row.Score.ReferenceMl > 0)
            .Select(row => (row.Case.Case.Dataset, row.Case.Case.Name, row.Score.Structure))];
    }

    /// <summary>Those that any result has a row of, in the task's order; all while there is none.</summary>
    public IReadOnlyList<string> Structures { get; }

    /// <summary>Whether a structure has an NSD anywhere.</summary>
    public bool HasNsd(string structure) => _withNsd.Contains(structure);

    /// <summary>Whether a prediction of a structure can have a score on any of the cases.</summary>
    public bool IsDue(string structure, Metric metric) =>
        CountedScore.IsDue(metric, _protocol, _everPresent.Contains(structure));

    /// <summary>Whether a prediction can have a score where a result has this row; null for one that was scored short.</summary>
    public bool IsDue(TestScore? row, Metric metric) =>
        row is null || CountedScore.IsDue(metric, _protocol, IsPresent(row));

    /// <summary>
    /// Whether some result shows that there is something to be scored, so that a result without a row for it was scored
    /// short.
    /// </summary>
    public bool MustBeScored(TestedCase one, string structure) =>
        _present.Contains((one.Case.Dataset, one.Case.Name, structure));

    // Imports do not know volumes.
    private static bool IsPresent(TestScore row) => row.ReferenceMl is null or > 0;
}
