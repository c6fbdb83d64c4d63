using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>A case for a container.</summary>
/// <param name="CtPath">The CT on this machine, a <c>.nii.gz</c> file. Its path is not visible in the container.</param>
/// <param name="Pseudonym">The name under which the container sees the case.</param>
/// <param name="PredictionFolder">
/// Folder for accepted predictions; emptied first, and again unless the case completes.
/// </param>
public sealed record StagedCase(string CtPath, string Pseudonym, string PredictionFolder);

/// <summary>Cases to give to one submission's container: one, or all of a batch.</summary>
public sealed record SandboxJob
{
    /// <summary>Whose container runs.</summary>
    public required Submission Submission { get; init; }

    /// <summary>What it may use.</summary>
    public required SandboxLimits Limits { get; init; }

    /// <summary>The cases.</summary>
    public required IReadOnlyList<StagedCase> Cases { get; init; }

    /// <summary>Canonical names of the structures that count.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>
    /// File for the last 64 KiB of what the container printed, cleaned by <see cref="LogText"/>. Operators only: it may hold
    /// patients' data.
    /// </summary>
    public required string LogPath { get; init; }

    /// <summary>Cores to pin the container to, such as <c>0-3</c>; null for all.</summary>
    public string? CpuSet { get; init; }

    /// <summary>Which GPU to give it when it asks for one, by index or UUID; null for any.</summary>
    public string? GpuDevice { get; init; }

    /// <summary>What goes in and out of a training job; null for CTs and masks in the submission's layout.</summary>
    public JobFiles? Files { get; init; }

    /// <summary>Jobs that are still to come, this one included: volumes are made for several at once.</summary>
    public int CasesLeft { get; init; } = 1;

    /// <summary>What a prediction of a case looks like.</summary>
    /// <param name="one">One of <see cref="Cases"/>.</param>
    public ExpectedOutputs Expected(StagedCase one) => new(Submission.Layout, one.Pseudonym, Structures);
}

/// <summary>What came of a <see cref="SandboxJob"/>: always the participant's doing, never the machine's.</summary>
public sealed record SandboxOutcome
{
    /// <summary>
    /// How it ended; <see cref="Leaderboard.Results.Ending.Completed"/> says nothing yet about what the files hold.
    /// </summary>
    public required Ending Ending { get; init; }

    /// <summary>The ending in words that a participant may read in any phase: fixed text, limits and the exit code.</summary>
    public required string Detail { get; init; }

    /// <summary>What was found in particular, for operators and open phases; null when there is nothing to add.</summary>
    public string? Remark { get; init; }

    /// <summary>Exit code; null when it was killed at the time limit.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>True when the kernel killed any process for memory, also when the container went on.</summary>
    public required bool WasOutOfMemory { get; init; }

    /// <summary>Accepted predictions, paths relative to the output folder.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>Start by the engine's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From start to end by the engine's clock.</summary>
    public required TimeSpan Run { get; init; }

    /// <summary>Making volumes and container and handing over the CT.</summary>
    public TimeSpan Create { get; init; }

    /// <summary>What the engine took to start the container.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>From the end until its output was read.</summary>
    public TimeSpan Collect { get; init; }

    /// <summary>What the kernel counted.</summary>
    public CgroupUsage Usage { get; init; }

    /// <summary>Largest anonymous memory that looks at 10 Hz saw, in bytes; null for nothing seen.</summary>
    public long? PeakAnonymousBytes { get; init; }

    /// <summary>GPU memory and load; null without a GPU.</summary>
    public GpuUse? Gpu { get; init; }

    /// <summary>
    /// SHA-256 of the CT as it was handed over, hexadecimal; of a training job, of what <c>sha256sum</c> would print of all
    /// its inputs.
    /// </summary>
    public string CtSha256 { get; init; } = "";
}
