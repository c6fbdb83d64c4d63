using Touchstone.Harness.Datasets;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Transfer;

/// <summary>One job of a study, with everything that the study's definition says about it.</summary>
internal sealed record PlannedJob
{
    /// <summary>Which.</summary>
    public required JobKey Key { get; init; }

    /// <summary>The network.</summary>
    public required StudyBackbone Backbone { get; init; }

    /// <summary>Structures to learn.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>Seed of all chance in it.</summary>
    public required long Seed { get; init; }

    /// <summary>Settings, JSON text by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>What it may use, as the study says.</summary>
    public required SandboxLimits Limits { get; init; }

    /// <summary>Annotated cases to learn from, in the order of their choice.</summary>
    public required IReadOnlyList<DatasetCase> Training { get; init; }

    /// <summary>Annotated cases to choose the best model by.</summary>
    public required IReadOnlyList<DatasetCase> Validation { get; init; }

    /// <summary>Cases to be tested on; empty for a pre-training.</summary>
    public required IReadOnlyList<DatasetCase> Test { get; init; }

    /// <summary>The task; null for a pre-training.</summary>
    public required StudyTask? Task { get; init; }

    /// <summary>Name of the job whose model it starts from; null for none.</summary>
    public string? StartsFrom { get; init; }

    /// <summary>File or folder of weights that it starts from, an absolute path; null for none.</summary>
    public string? WeightsPath { get; init; }

    /// <summary>Folder of imported scores, an absolute path; null for a job that runs.</summary>
    public string? ImportFolder { get; init; }
}
