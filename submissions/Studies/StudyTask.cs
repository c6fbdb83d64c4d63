namespace Touchstone.Submissions;

/// <summary>Something to learn and to be tested in.</summary>
public sealed record StudyTask
{
    /// <summary>Name in files, such as <c>organs</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Canonical names of its structures, in the order shown.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>Dataset of the annotated cases, by manifest id.</summary>
    public required string Training { get; init; }

    /// <summary>Cases to choose the best model by; null for none.</summary>
    public ValidationRule? Validation { get; init; }

    /// <summary>Datasets to be tested on, by manifest id; at least one.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    /// <summary>
    /// Numbers of annotated cases to learn from, ascending; a null, the last then, is all that there are. Cases for
    /// validation do not count.
    /// </summary>
    public required IReadOnlyList<int?> Cases { get; init; }

    /// <summary>Settings of its jobs: JSON text by name. They win over the network's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = StudySettings.None;

    /// <summary>What a job may use.</summary>
    public SandboxLimits Limits { get; init; } = TransferStudyFile.DefaultLimits;

    /// <summary>Metric definitions. Default <c>surface-distance</c>.</summary>
    public string Protocol { get; init; } = "surface-distance";

    /// <summary>NSD tolerance in millimetres. Default 1.</summary>
    public double ToleranceMm { get; init; } = 1;
}

/// <summary>Where the cases for validation come from: a dataset, or a share of the one that is learnt from.</summary>
/// <param name="Dataset">By manifest id; null for a share.</param>
/// <param name="Share">Above 0 and below 1; null for a dataset.</param>
public sealed record ValidationRule(string? Dataset, double? Share);

/// <summary>A part of the grid that is left out; what it does not name is anything.</summary>
/// <param name="Backbone">Name of a network.</param>
/// <param name="Pretraining">Name of a pre-training.</param>
/// <param name="Task">Name of a task.</param>
/// <param name="Cases">Number of annotated cases.</param>
public sealed record StudyExclusion(string? Backbone, string? Pretraining, string? Task, int? Cases)
{
    /// <summary>Whether a cell belongs to it.</summary>
    /// <inheritdoc cref="TransferStudy.Excludes" path="/param"/>
    public bool Fits(string backbone, string pretraining, string task, int? cases) =>
        (Backbone is null || Backbone == backbone)
        && (Pretraining is null || Pretraining == pretraining)
        && (Task is null || Task == task)
        && (Cases is null || Cases == cases);
}

/// <summary>Cells whose per-case scores come from elsewhere, one folder for each trial.</summary>
/// <param name="Backbone">Name of the network.</param>
/// <param name="Pretraining">Name of the pre-training.</param>
/// <param name="Task">Name of the task.</param>
/// <param name="Cases">Annotated cases; null for all that the task's dataset has.</param>
/// <param name="Folders">
/// Folders with <c>dsc.csv</c> and perhaps <c>nsd.csv</c>, as `touchstone import` reads them; paths as written, in the
/// order of trials.
/// </param>
public sealed record StudyImport(
    string Backbone, string Pretraining, string Task, int? Cases, IReadOnlyList<string> Folders);

/// <summary>Two pre-trainings of one network on one task, compared structure by structure.</summary>
/// <param name="Backbone">Name of the network.</param>
/// <param name="Task">Name of the task.</param>
/// <param name="First">Name of the pre-training that is subtracted.</param>
/// <param name="Second">Name of the other.</param>
public sealed record StudyComparison(string Backbone, string Task, string First, string Second);

/// <summary>How a printed table's words belong to a study's names. What is not mapped has nothing beside it.</summary>
public sealed record ReportedMapping
{
    /// <summary>Id of the table, such as <c>suprem-table-3</c>.</summary>
    public required string Table { get; init; }

    /// <summary>Group as printed, by network.</summary>
    public required IReadOnlyDictionary<string, string> Backbones { get; init; }

    /// <summary>Method as printed, by pre-training.</summary>
    public required IReadOnlyDictionary<string, string> Pretrainings { get; init; }

    /// <summary><c>dataset/target</c> as printed, by task.</summary>
    public IReadOnlyDictionary<string, string> Tasks { get; init; } = new Dictionary<string, string>();

    /// <summary><c>dataset/target</c> as printed, by structure.</summary>
    public IReadOnlyDictionary<string, string> Structures { get; init; } = new Dictionary<string, string>();
}
