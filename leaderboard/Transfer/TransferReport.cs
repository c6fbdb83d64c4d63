namespace Touchstone.Leaderboard.Transfer;

/// <summary>Everything that a report of a study shows.</summary>
public sealed record TransferReport
{
    /// <summary>The study.</summary>
    public required StudyOutline Study { get; init; }

    /// <summary>Trials of the whole study.</summary>
    public required TrialCoverage Coverage { get; init; }

    /// <summary>Every cell, in the study's order.</summary>
    public required IReadOnlyList<CellSummary> Cells { get; init; }

    /// <summary>The pre-trainings that ran here, with their hours.</summary>
    public required IReadOnlyList<PretrainingRun> Pretrainings { get; init; }

    /// <summary>The comparison structure by structure; null where the study wants none.</summary>
    public required ComparisonTable? Comparison { get; init; }

    /// <summary>Every trial.</summary>
    public required IReadOnlyList<TrialOutcome> Trials { get; init; }

    /// <summary>A cell; null where the study has none.</summary>
    /// <param name="backbone">Name of the network.</param>
    /// <param name="pretraining">Name of the pre-training.</param>
    /// <param name="task">Name of the task.</param>
    /// <param name="cases">Annotated cases.</param>
    public CellSummary? Cell(string backbone, string pretraining, string task, int cases) => Cells.FirstOrDefault(one =>
        (one.Backbone, one.Pretraining, one.Task, one.Cases) == (backbone, pretraining, task, cases));

    /// <summary>The cell with the most annotated cases that the task has: what the large table shows.</summary>
    /// <inheritdoc cref="Cell" path="/param"/>
    public CellSummary? Largest(string backbone, string pretraining, string task) => Cells
        .Where(one => (one.Backbone, one.Pretraining, one.Task) == (backbone, pretraining, task)).MaxBy(one => one.Cases);
}

/// <summary>A pre-training that ran here.</summary>
/// <param name="Backbone">Name of the network.</param>
/// <param name="Pretraining">Name of the pre-training.</param>
/// <param name="Cases">Cases that it was trained on; null while it waits.</param>
/// <param name="Hours">Hours of its container, by the engine's clock; null while it waits.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Detail">How it ended, in words; null while it waits.</param>
public sealed record PretrainingRun(
    string Backbone, string Pretraining, int? Cases, double? Hours, TrialState State, string? Detail);

/// <summary>Two pre-trainings, structure by structure, with the average last.</summary>
/// <param name="Which">What is compared.</param>
/// <param name="Cases">Annotated cases of both.</param>
/// <param name="First">Trials of the one that is subtracted.</param>
/// <param name="Second">Trials of the other.</param>
/// <param name="Rows">The structures, then the average.</param>
public sealed record ComparisonTable(
    OutlineComparison Which, int Cases, TrialCoverage First, TrialCoverage Second, IReadOnlyList<ComparisonRow> Rows);

/// <summary>One structure of a comparison.</summary>
/// <param name="Structure">Canonical name; null for the average.</param>
/// <param name="First">The one that is subtracted.</param>
/// <param name="Second">The other.</param>
/// <param name="Tests">Second less first, with both tests; null below two trials of either.</param>
/// <param name="ReportedFirst">What a paper prints for the first; null for nothing.</param>
/// <param name="ReportedSecond">What a paper prints for the second; null for nothing.</param>
public sealed record ComparisonRow(
    string? Structure, MetricSummary First, MetricSummary Second, TwoTests? Tests,
    ReportedBeside? ReportedFirst, ReportedBeside? ReportedSecond);
