using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>One case to give to one submission's container.</summary>
public sealed record SandboxJob
{
    /// <summary>Whose container runs.</summary>
    public required Submission Submission { get; init; }

    /// <summary>What it may use.</summary>
    public required SandboxLimits Limits { get; init; }

    /// <summary>The CT on this machine, a <c>.nii.gz</c> file. Its path is not visible in the container.</summary>
    public required string CtPath { get; init; }

    /// <summary>The name under which the container sees the case.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Canonical names of the structures that count.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>Folder for accepted predictions; emptied first, and again unless the run completes.</summary>
    public required string PredictionFolder { get; init; }

    /// <summary>
    /// File for the last 64 KiB of what the container printed, cleaned by <see cref="LogText"/>. Operators only: it may hold
    /// patients' data.
    /// </summary>
    public required string LogPath { get; init; }
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

    /// <summary>From the beginning of the job to the start.</summary>
    public TimeSpan SetUp { get; init; }

    /// <summary>From the end to the last trace removed.</summary>
    public TimeSpan Collect { get; init; }

    /// <summary>What the kernel counted.</summary>
    public CgroupUsage Usage { get; init; }
}
