using System.Text.Json.Serialization;
using Touchstone.Evaluators;

namespace Touchstone.Leaderboard.Results;

/// <summary>
/// The finished work of one entry on one case: the content of <c>result.json</c>. It carries everything that made
/// it, so the store can be rebuilt from such files alone. Written once, never changed; a re-run is a new entry.
/// </summary>
public sealed record CaseResult
{
    /// <summary>Version of this layout; a reader refuses one that it does not know.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The layout that this build writes: 2, with a checksum; it reads 1 too, which has none.</summary>
    public const int CurrentSchema = 2;

    /// <summary>False for a result of an older build, in which a change after it was written would not show.</summary>
    [JsonIgnore]
    public bool HasChecksum => Schema >= 2;

    /// <summary>Who and what was run.</summary>
    public required Entry Entry { get; init; }

    /// <summary>On what it was run.</summary>
    public required CaseKey Case { get; init; }

    /// <summary>How it ended.</summary>
    public required Ending Ending { get; init; }

    /// <summary>
    /// The ending in words for the participant, with limits and numbers; no host path, no case id, no container
    /// output.
    /// </summary>
    public required string EndingDetail { get; init; }

    /// <summary>The container's exit code; null when it was killed before it exited.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>What the container was allowed.</summary>
    public required Limits Limits { get; init; }

    /// <summary>When and for how long.</summary>
    public required Timing Timing { get; init; }

    /// <summary>Where it ran.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The accepted output files.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>Name of the metric definitions, such as <c>surface-distance</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>NSD tolerance in millimetres.</summary>
    public required double ToleranceMm { get; init; }

    /// <summary>
    /// One row per annotated structure, also when nothing valid came out; then the metrics are null and
    /// <see cref="StructureScore.PredictionVoxels"/> is 0. What that is worth is the ranking's business.
    /// </summary>
    public required IReadOnlyList<StructureScore> Scores { get; init; }

    /// <summary>The reference masks of the scores; null in results of older builds, which knew version 1 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReferenceUse? Reference { get; init; }

    /// <summary>
    /// When the kept prediction was scored again, UTC; null for the scores of the run itself. Everything but the scores and
    /// what made them is then that of the run.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RescoredAt { get; init; }

    /// <summary>Voxels of the prediction with a label that the label map does not know.</summary>
    public required long UnknownLabelVoxels { get; init; }

    /// <summary>Versions of what made this result.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>GPU memory and load while it ran; null when no GPU was given, and in results of older builds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GpuUse? Gpu { get; init; }
}

/// <summary>Which case of which dataset.</summary>
public sealed record CaseKey
{
    /// <summary>Dataset id of the manifest.</summary>
    public required string Dataset { get; init; }

    /// <summary>Case id within the dataset. Operators only.</summary>
    public required string Case { get; init; }

    /// <summary>The name under which the container saw the case, the only one a participant may see.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>SHA-256 of the CT file, hexadecimal.</summary>
    public required string CtSha256 { get; init; }
}

/// <summary>What a container was allowed on this case.</summary>
/// <param name="WallSeconds">Seconds from start to kill.</param>
/// <param name="MemoryBytes">Memory, swap included.</param>
/// <param name="Cpus">CPU cores.</param>
/// <param name="ProcessCount">Processes and threads.</param>
/// <param name="OutputBytes">Size of the output file system.</param>
/// <param name="Gpu">Whether a GPU was given.</param>
public sealed record Limits(
    double WallSeconds, long MemoryBytes, double Cpus, int ProcessCount, long OutputBytes, bool Gpu)
{
    /// <summary>Whether it ran as root, which is nobody on the machine; false in results of older builds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AsRoot { get; init; }
}

/// <summary>Where a result was made.</summary>
/// <param name="Engine">Container engine and version.</param>
/// <param name="Cpu">CPU model.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="MemoryBytes">Memory of the machine.</param>
/// <param name="Gpu">GPU given to the container; null for none.</param>
/// <param name="OperatingSystem">Operating system and kernel.</param>
public sealed record Machine(
    string Engine, string Cpu, int Cores, long MemoryBytes, string? Gpu, string OperatingSystem)
{
    /// <summary>Version of the GPU's driver; null without a GPU or where NVML does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GpuDriver { get; init; }

    /// <summary>Newest CUDA that the driver supports, such as <c>12.4</c>; null like <see cref="GpuDriver"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cuda { get; init; }

    /// <summary>Cores that the container was pinned to, such as <c>0-3</c>; null when it could use all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CpuSet { get; init; }
}

/// <summary>One accepted output file.</summary>
/// <param name="Path">Relative to the outputs folder.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Content hash, hexadecimal.</param>
public sealed record OutputFile(string Path, long Bytes, string Sha256);

/// <summary>Versions of what made a result.</summary>
/// <param name="Touchstone">Version and commit of the harness.</param>
/// <param name="ManifestSha256">Hash of the datasets manifest.</param>
/// <param name="ChallengeSha256">Hash of the challenge file.</param>
public sealed record Provenance(string Touchstone, string ManifestSha256, string ChallengeSha256);
