using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Transfer;

/// <summary>What a job of a transfer study was for. The names are stored: never rename one.</summary>
public enum JobKind
{
    /// <summary>Trains what other jobs start from; nothing is tested.</summary>
    Pretraining,

    /// <summary>One cell of the grid: trains and is tested.</summary>
    Cell,

    /// <summary>One cell of the grid whose per-case scores came from elsewhere; nothing ran here.</summary>
    Imported,
}

/// <summary>
/// The finished work of one job of a transfer study: the content of its <c>result.json</c>. It carries everything that
/// made it. Written once, never changed.
/// </summary>
public sealed record JobResult
{
    /// <summary>Version of this layout; a reader refuses one that it does not know.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <inheritdoc cref="CaseResult.CurrentSchema"/>
    public const int CurrentSchema = 2;

    /// <inheritdoc cref="CaseResult.HasChecksum"/>
    [JsonIgnore]
    public bool HasChecksum => Schema >= 2;

    /// <summary>Id of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Which job of it.</summary>
    public required JobKey Job { get; init; }

    /// <summary>
    /// Hash of everything that the study's definition says about the job, by part, such as <c>image</c> and
    /// <c>training</c>. A job of another definition differs in at least one.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Fingerprint { get; init; }

    /// <summary>What ran; null for an import.</summary>
    public required JobRun? Run { get; init; }

    /// <summary>How it ended; an import has always completed.</summary>
    public required Ending Ending { get; init; }

    /// <summary>The ending in words: fixed text, limits and the exit code.</summary>
    public required string EndingDetail { get; init; }

    /// <summary>Annotated cases that it learnt from, in the order of their choice.</summary>
    public required IReadOnlyList<CaseUse> Training { get; init; }

    /// <summary>Annotated cases that it chose its best model by.</summary>
    public required IReadOnlyList<CaseUse> Validation { get; init; }

    /// <summary>The cases that it was tested on, with their scores, also where nothing valid came out.</summary>
    public required IReadOnlyList<TestedCase> Test { get; init; }

    /// <summary>Metric definitions of the scores; null where nothing is tested.</summary>
    public required string? Protocol { get; init; }

    /// <summary>NSD tolerance in millimetres; null where nothing is tested.</summary>
    public required double? ToleranceMm { get; init; }

    /// <summary>How training went, thinned out; empty where the job left no log that can be used.</summary>
    public required IReadOnlyList<LogPoint> Log { get; init; }

    /// <summary>Why there is no log, or what was left out of it; null for nothing.</summary>
    public required string? LogRemark { get; init; }

    /// <summary>What it started from; null for nothing.</summary>
    public required ModelUse? Initial { get; init; }

    /// <summary>What it left under <c>outputs/model</c>; null for nothing.</summary>
    public required ModelUse? Model { get; init; }

    /// <summary>Files whose scores were imported; empty for a job that ran.</summary>
    public required IReadOnlyList<OutputFile> Sources { get; init; }

    /// <summary>Versions of what made this result.</summary>
    public required StudyProvenance Provenance { get; init; }
}

/// <summary>Which job of a study.</summary>
public sealed record JobKey
{
    /// <summary>Its name, such as <c>unet.supervised.organs.n8.t0</c>, also of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>Name of the network.</summary>
    public required string Backbone { get; init; }

    /// <summary>Name of the pre-training.</summary>
    public required string Pretraining { get; init; }

    /// <summary>Name of the task; null for a pre-training.</summary>
    public required string? Task { get; init; }

    /// <summary>Annotated cases that it learns from, as the study counts them; null for all of a dataset.</summary>
    public required int? Cases { get; init; }

    /// <summary>Which of the trials, from 0; null for a pre-training.</summary>
    public required int? Trial { get; init; }
}

/// <summary>One case and its names.</summary>
/// <param name="Dataset">Dataset id of the manifest.</param>
/// <param name="Case">Case id; null where the dataset is hidden.</param>
/// <param name="Pseudonym">Its name in reports where the dataset is hidden.</param>
public sealed record CaseUse(string Dataset, string? Case, string Pseudonym)
{
    /// <summary>
    /// Name in the container, and of its folder under <c>prediction/</c>; null where that is the pseudonym, in studies
    /// that earlier builds began, and where nothing ran.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Inside { get; init; }

    /// <summary>The name that may be shown.</summary>
    [JsonIgnore]
    public string Name => Case ?? Pseudonym;
}

/// <summary>One test case.</summary>
/// <param name="Case">Which.</param>
/// <param name="Ending">How it ended: that of the job, or what was wrong with this case's masks.</param>
/// <param name="Scores">A row per annotated structure; the metrics are null where nothing valid came out.</param>
public sealed record TestedCase(CaseUse Case, Ending Ending, IReadOnlyList<TestScore> Scores);

/// <summary>One structure of one test case.</summary>
public sealed record TestScore
{
    /// <summary>Canonical name.</summary>
    public required string Structure { get; init; }

    /// <summary>Dice similarity coefficient, [0, 1]; null for undefined.</summary>
    public required double? Dsc { get; init; }

    /// <summary>Normalised surface Dice, [0, 1]; null for undefined, and where an import has none.</summary>
    public required double? Nsd { get; init; }

    /// <summary>95th percentile of the Hausdorff distance in millimetres; null for undefined.</summary>
    public double? Hd95Mm { get; init; }

    /// <summary>Volume of the reference in millilitres; null where that is not known.</summary>
    public double? ReferenceMl { get; init; }

    /// <summary>Volume of the prediction in millilitres; null where that is not known.</summary>
    public double? PredictionMl { get; init; }
}

/// <summary>Files that hold a model.</summary>
/// <param name="Sha256">Hash over name and content of all of them, hexadecimal.</param>
/// <param name="Files">The files, in ordinal order of their paths below the model's folder.</param>
public sealed record ModelUse(string Sha256, IReadOnlyList<OutputFile> Files);

/// <summary>Versions of what made a job's result.</summary>
/// <param name="Touchstone">Version and commit of the harness.</param>
/// <param name="ManifestSha256">Hash of the datasets manifest.</param>
/// <param name="StudySha256">Hash of the study file.</param>
public sealed record StudyProvenance(string Touchstone, string ManifestSha256, string StudySha256);
