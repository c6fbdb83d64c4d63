namespace Touchstone.Leaderboard.Transfer;

/// <summary>What a report has to know of a study: names, titles, and every trial that is expected.</summary>
public sealed record StudyOutline
{
    /// <summary>Id of the study.</summary>
    public required string Id { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for readers; null for none.</summary>
    public required string? Description { get; init; }

    /// <summary>Trials of each cell of the grid.</summary>
    public required int Trials { get; init; }

    /// <summary>Seed of the study.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether hours are those of a GPU.</summary>
    public required bool HasGpu { get; init; }

    /// <summary>Networks: name and title, in the order shown.</summary>
    public required IReadOnlyList<OutlineName> Backbones { get; init; }

    /// <summary>Pre-trainings, in the order shown.</summary>
    public required IReadOnlyList<OutlinePretraining> Pretrainings { get; init; }

    /// <summary>Tasks, in the order shown.</summary>
    public required IReadOnlyList<OutlineTask> Tasks { get; init; }

    /// <summary>Every trial of every cell that the study expects, imported ones included.</summary>
    public required IReadOnlyList<ExpectedTrial> Expected { get; init; }

    /// <summary>Numbers of annotated cases that count as few.</summary>
    public required IReadOnlyList<int> FewShot { get; init; }

    /// <summary>The comparison structure by structure; null for none.</summary>
    public required OutlineComparison? Comparison { get; init; }

    /// <summary>Printed numbers that stand beside the study's own.</summary>
    public required IReadOnlyList<ReportedBeside> Reported { get; init; }
}

/// <summary>A name in files and for readers.</summary>
/// <param name="Name">In files.</param>
/// <param name="Title">For readers.</param>
public sealed record OutlineName(string Name, string Title);

/// <summary>A pre-training of a study.</summary>
public sealed record OutlinePretraining
{
    /// <summary>Name in files.</summary>
    public required string Name { get; init; }

    /// <summary>Name for readers.</summary>
    public required string Title { get; init; }

    /// <summary>True for learning from scratch, which the others are compared with.</summary>
    public required bool IsScratch { get; init; }

    /// <summary>True when its cells are imported.</summary>
    public required bool IsImported { get; init; }

    /// <summary>Pre-trainings of one family are points of one line.</summary>
    public required string Family { get; init; }

    /// <summary>Cases that it was trained on; null where that is not known.</summary>
    public required int? Cases { get; init; }

    /// <summary>Hours as others state them; null for none.</summary>
    public required double? StatedHours { get; init; }
}

/// <summary>A task of a study.</summary>
public sealed record OutlineTask
{
    /// <summary>Name in files.</summary>
    public required string Name { get; init; }

    /// <summary>Name for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Canonical names of its structures.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>Numbers of annotated cases, ascending, as counted in <see cref="ExpectedTrial.Cases"/>.</summary>
    public required IReadOnlyList<int> Cases { get; init; }

    /// <summary>Cases that it is tested on.</summary>
    public required int TestCases { get; init; }

    /// <summary>Metric definitions.</summary>
    public required string Protocol { get; init; }

    /// <summary>NSD tolerance in millimetres.</summary>
    public required double ToleranceMm { get; init; }
}

/// <summary>One trial of one cell of the grid.</summary>
/// <param name="Job">Name of its job.</param>
/// <param name="Backbone">Name of the network.</param>
/// <param name="Pretraining">Name of the pre-training.</param>
/// <param name="Task">Name of the task.</param>
/// <param name="Cases">Annotated cases; 1 or more.</param>
/// <param name="Trial">From 0.</param>
/// <param name="PretrainingJob">Name of the job that it builds on; null for none.</param>
public sealed record ExpectedTrial(
    string Job, string Backbone, string Pretraining, string Task, int Cases, int Trial, string? PretrainingJob);

/// <summary>Two pre-trainings of one network on one task.</summary>
/// <param name="Backbone">Name of the network.</param>
/// <param name="Task">Name of the task.</param>
/// <param name="First">Name of the pre-training that is subtracted.</param>
/// <param name="Second">Name of the other.</param>
public sealed record OutlineComparison(string Backbone, string Task, string First, string Second);

/// <summary>A printed number and the place of the study that it stands beside.</summary>
/// <param name="Backbone">Name of the network.</param>
/// <param name="Pretraining">Name of the pre-training.</param>
/// <param name="Task">Name of the task; null for a structure.</param>
/// <param name="Structure">Canonical name; null for a task.</param>
/// <param name="Metric"><c>dsc</c> or <c>nsd</c>.</param>
/// <param name="Mean">As a fraction.</param>
/// <param name="Sd">As a fraction; null for none.</param>
/// <param name="N">Trials; null where the paper does not say.</param>
/// <param name="Source">Paper and table, and the printed words.</param>
public sealed record ReportedBeside(
    string Backbone, string Pretraining, string? Task, string? Structure, string Metric,
    double Mean, double? Sd, int? N, string Source);
