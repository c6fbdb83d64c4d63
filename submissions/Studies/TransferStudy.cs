namespace Touchstone.Submissions;

/// <summary>
/// A transfer study as its file defines it: networks, what they are trained on first, what they are then fine-tuned for,
/// with how many annotated cases, and how often. See README.md of the folder above.
/// </summary>
public sealed record TransferStudy
{
    /// <summary>Stable id, the file's name without extension; also the name of its folder in a workspace.</summary>
    public required string Id { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for readers; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Where all chance of the study starts. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How often each cell of the grid is trained, each time with another seed. At least 1; default 1.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Networks, in file order.</summary>
    public required IReadOnlyList<StudyBackbone> Backbones { get; init; }

    /// <summary>What training starts from, in file order.</summary>
    public required IReadOnlyList<StudyPretraining> Pretrainings { get; init; }

    /// <summary>What is learnt, in file order.</summary>
    public required IReadOnlyList<StudyTask> Tasks { get; init; }

    /// <summary>Parts of the grid that make no sense and are left out.</summary>
    public IReadOnlyList<StudyExclusion> Exclusions { get; init; } = [];

    /// <summary>Cells whose scores come from elsewhere.</summary>
    public IReadOnlyList<StudyImport> Imports { get; init; } = [];

    /// <summary>The two pre-trainings that are compared structure by structure; null for no such table.</summary>
    public StudyComparison? Comparison { get; init; }

    /// <summary>Printed tables that stand beside the study's own numbers.</summary>
    public IReadOnlyList<ReportedMapping> Reported { get; init; } = [];

    /// <summary>Numbers of annotated cases that count as few. Default: those of the tasks up to 20.</summary>
    public IReadOnlyList<int>? FewShot { get; init; }

    /// <summary>Largest accepted image, unpacked, in bytes. Default 40 GiB.</summary>
    public long ImageBytes { get; init; } = 40L << 30;

    /// <summary>Whether jobs get a GPU. Default false.</summary>
    public bool NeedsGpu { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether a cell is left out of the grid.</summary>
    /// <param name="backbone">Name of the network.</param>
    /// <param name="pretraining">Name of the pre-training.</param>
    /// <param name="task">Name of the task.</param>
    /// <param name="cases">Annotated cases; null for all that there are.</param>
    public bool Excludes(string backbone, string pretraining, string task, int? cases) =>
        Exclusions.Any(one => one.Fits(backbone, pretraining, task, cases));
}

/// <summary>A network, and the container that trains it.</summary>
public sealed record StudyBackbone
{
    /// <summary>Name in files, such as <c>unet</c>; also what the container is told.</summary>
    public required string Name { get; init; }

    /// <summary>Name for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Archive or reference of the training container, as written; null where all its cells are imported.</summary>
    public string? Image { get; init; }

    /// <summary>What <c>/bin/bash -c</c> runs in <c>/workspace</c>. Default <c>sh train.sh</c>.</summary>
    public string Command { get; init; } = DefaultCommand;

    /// <summary>Settings of all its jobs: JSON text by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = StudySettings.None;

    /// <summary>The command of the published contract.</summary>
    public const string DefaultCommand = "sh train.sh";
}

/// <summary>What training starts from.</summary>
public enum PretrainingKind
{
    /// <summary>Nothing: random weights. Every other pre-training is compared with it.</summary>
    Scratch,

    /// <summary>A job of this study, run first.</summary>
    Trained,

    /// <summary>Files that somebody else trained.</summary>
    Weights,

    /// <summary>Nothing is trained here: all its cells are imported.</summary>
    Imported,
}

/// <summary>One thing that training starts from.</summary>
public sealed record StudyPretraining
{
    /// <summary>Name in files, such as <c>supervised</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name for readers.</summary>
    public required string Title { get; init; }

    /// <summary>What it is.</summary>
    public required PretrainingKind Kind { get; init; }

    /// <summary>Pre-trainings of one family are points of one line in figures of their size. Default the title.</summary>
    public required string Family { get; init; }

    /// <summary>Networks that have it, by name; null for all.</summary>
    public IReadOnlyList<string>? Backbones { get; init; }

    /// <summary>Datasets of a <see cref="PretrainingKind.Trained"/> one, by manifest id.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>Structures that a <see cref="PretrainingKind.Trained"/> one learns.</summary>
    public IReadOnlyList<string> Structures { get; init; } = [];

    /// <summary>Cases it is trained on; null for all of a trained one, and where nothing is stated of another.</summary>
    public int? Cases { get; init; }

    /// <summary>Cases to choose the best model by; null for none.</summary>
    public ValidationRule? Validation { get; init; }

    /// <summary>Settings of its own job: JSON text by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = StudySettings.None;

    /// <summary>What its job may use.</summary>
    public SandboxLimits Limits { get; init; } = TransferStudyFile.DefaultLimits;

    /// <summary>File or folder of weights by network, paths as written, of a <see cref="PretrainingKind.Weights"/> one.</summary>
    public IReadOnlyDictionary<string, string> Weights { get; init; } = new Dictionary<string, string>();

    /// <summary>Hours that others needed, as they state them, of weights and imports; null where nothing is stated.</summary>
    public double? StatedHours { get; init; }

    /// <summary>Whether a network has it.</summary>
    /// <param name="backbone">Name of the network.</param>
    public bool IsOf(string backbone) => Backbones is null || Backbones.Contains(backbone);
}
