using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>Everything that decides the settings of one case's containers.</summary>
public sealed record SandboxRun
{
    /// <summary>Names the run's containers and volumes: lower-case hexadecimal, never reused.</summary>
    public required string RunId { get; init; }

    /// <summary>The workspace that owns them; whoever runs there next removes what a killed process left.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>Whose container it is.</summary>
    public required Submission Submission { get; init; }

    /// <summary>What it may use.</summary>
    public required SandboxLimits Limits { get; init; }

    /// <summary>Environment that the image asks for, <c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> ImageEnvironment { get; init; } = [];

    /// <summary>Paths that the image declares as volumes.</summary>
    public IReadOnlyList<string> ImageVolumes { get; init; } = [];

    /// <summary>Size of the volume that holds the CT.</summary>
    public required long InputBytes { get; init; }

    /// <summary>Cases that the container gets at once; more than one in a batch.</summary>
    public int Cases { get; init; } = 1;

    /// <summary>Files and folders that the volume of the inputs has room for.</summary>
    public int InputInodes { get => field > 0 ? field : 14 + (2 * Cases); init; }

    /// <summary>Most files and folders that the volume of the outputs takes.</summary>
    public int OutputInodes { get => field > 0 ? field : SandboxProfile.OutputInodes * Cases; init; }

    /// <summary>Size of the volume that takes the masks: every case has the room that the limits allow one.</summary>
    public long OutputBytes => checked(Limits.OutputBytes * Cases);

    /// <summary>Cores that the container is pinned to, such as <c>0-3</c>; null for all.</summary>
    public string? CpuSet { get; init; }

    /// <summary>Which GPU it gets when it asks for one, by index or UUID; null for any.</summary>
    public string? GpuDevice { get; init; }

    /// <summary>What the names of its volumes are made of. Default the run's own id.</summary>
    public string VolumesId { get => field ?? RunId; init; }

    /// <summary>
    /// Control group above the container, by which time and memory are read; null for the engine's own.
    /// </summary>
    public string? CgroupParent { get; init; }

    /// <summary>Settings for an image as the engine holds it.</summary>
    /// <param name="runId">See <see cref="RunId"/>.</param>
    /// <param name="workspaceId">See <see cref="WorkspaceId"/>.</param>
    /// <param name="submission">Whose container it is.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="image">Its image.</param>
    /// <param name="inputBytes">See <see cref="InputBytes"/>.</param>
    internal static SandboxRun Of(
        string runId, string workspaceId, Submission submission, SandboxLimits limits, ImageDetails image, long inputBytes) => new()
        {
            RunId = runId,
            WorkspaceId = workspaceId,
            Submission = submission,
            Limits = limits,
            ImageEnvironment = image.Config?.Env ?? [],
            ImageVolumes = [.. image.Config?.Volumes?.Keys ?? []],
            InputBytes = inputBytes,
        };

    /// <summary>Folders of the machine's disks, covered beside <see cref="HiddenPaths.Masked"/>.</summary>
    public IReadOnlyList<string> MachinePaths { get; init; } = [];

    /// <summary>Paths that the container cannot write; null for the engine's own list.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; } = HiddenPaths.ReadOnly;

    /// <summary>A file that holds <see cref="SeccompProfile.Json"/>, for Podman, which does not take it by content.</summary>
    public string? SeccompPath { get; init; }

    /// <summary>Whether the engine is Podman, which takes less; see <see cref="PodmanProfile"/>.</summary>
    public bool IsPodman { get; init; }

    /// <summary>Name of the volume that holds the CT.</summary>
    public string InputsVolume => $"touchstone-{VolumesId}-inputs";

    /// <summary>Name of the volume that takes the masks.</summary>
    public string OutputsVolume => $"touchstone-{VolumesId}-outputs";

    /// <summary>Labels of everything that belongs to the run. Containers cannot read them.</summary>
    public IReadOnlyDictionary<string, string> Labels => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [SandboxProfile.WorkspaceLabel] = WorkspaceId,
        [SandboxProfile.RunLabel] = RunId,
    };
}
