using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>
/// What a check found out, before anybody judges it. The cases are public, so all of it may be shown. Part of the JSON that
/// <c>touchstone check --json</c> writes: members may be added, but none is ever renamed.
/// </summary>
internal record CheckFacts
{
    /// <summary>The image.</summary>
    public required CheckedImage Image { get; init; }

    /// <summary>The rules that it was held to.</summary>
    public required CheckedRules Rules { get; init; }

    /// <summary>What a container that only looks around saw; null when the image was refused.</summary>
    public CheckedStart? Start { get; init; }

    /// <summary>The cases, in the order in which they ran.</summary>
    public IReadOnlyList<CheckedCase> Cases { get; init; } = [];

    /// <summary>A second run of one case; null when none completed.</summary>
    public CheckedRepeat? Repeat { get; init; }

    /// <summary>Shell commands that run a case again, with docker alone.</summary>
    public IReadOnlyList<string> Replay { get; init; } = [];
}

/// <summary>An image.</summary>
/// <param name="Source">Archive name or reference, as given.</param>
/// <param name="Digest">Its id in the engine; null when it was refused.</param>
/// <param name="UnpackedBytes">Size on the engine's disk; null when it was refused.</param>
/// <param name="LimitBytes">Most that the challenge accepts.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
internal sealed record CheckedImage(string Source, string? Digest, long? UnpackedBytes, long LimitBytes, string? Refusal = null);

/// <summary>Rules that an image is held to.</summary>
/// <param name="Challenge">Id of the challenge.</param>
/// <param name="Title">Its title.</param>
/// <param name="Layout"><c>flat</c> or <c>folder</c>.</param>
/// <param name="Labels">Name of the numbering of multi-label predictions.</param>
/// <param name="Command">What <c>/bin/bash -c</c> runs.</param>
/// <param name="Gpu">Whether a GPU was asked for.</param>
internal sealed record CheckedRules(string Challenge, string Title, string Layout, string Labels, string Command, bool Gpu)
{
    /// <summary>What a container may use on one case.</summary>
    public required CheckedLimits Limits { get; init; }
}

/// <summary>Limits of one case, and of the image.</summary>
/// <param name="WallSeconds">Time from start to kill; null where each case has its own.</param>
/// <param name="MemoryBytes">Memory.</param>
/// <param name="Cpus">Cores.</param>
/// <param name="Processes">Processes and threads.</param>
/// <param name="OutputBytes">Size of <c>/workspace/outputs</c>.</param>
/// <param name="TemporaryBytes">Size of <c>/tmp</c>, and of <c>$HOME</c>.</param>
/// <param name="SharedMemoryBytes">Size of <c>/dev/shm</c>.</param>
/// <param name="ImageBytes">Most that the unpacked image may have.</param>
internal sealed record CheckedLimits(
    double? WallSeconds,
    long MemoryBytes,
    double Cpus,
    int Processes,
    long OutputBytes,
    long TemporaryBytes,
    long SharedMemoryBytes,
    long ImageBytes)
{
    /// <summary>The limits of a challenge.</summary>
    /// <param name="challenge">Its rules in a phase.</param>
    public static CheckedLimits Of(Challenge challenge) => new(
        challenge.TimeRule == TimeRule.Fixed ? challenge.Limits.WallTime.TotalSeconds : null,
        challenge.Limits.MemoryBytes,
        challenge.Limits.Cpus,
        challenge.Limits.ProcessCount,
        challenge.Limits.OutputBytes,
        challenge.Limits.TemporaryBytes,
        challenge.Limits.SharedMemoryBytes,
        challenge.ImageBytes);
}

/// <summary>A first container of the image, which runs a few lines of shell instead of the entry's command.</summary>
internal sealed record CheckedStart
{
    /// <summary>Seconds from the request to start the container until it has ended.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether <c>/bin/bash</c> ran.</summary>
    public required bool HasBash { get; init; }

    /// <summary>Whether there is a program <c>sh</c>.</summary>
    public required bool HasShell { get; init; }

    /// <summary>Whether <c>/workspace/predict.sh</c> is there; null when another command was given.</summary>
    public required bool? HasEntry { get; init; }

    /// <summary>What in <c>/workspace</c> and the folders in it the sandbox's user cannot read; at most 20.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>What keeps a shell from reading the entry's scripts, such as Windows line ends, in words; empty for nothing.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>How the engine ended it, in words.</summary>
    public required string Detail { get; init; }

    /// <summary>Whether cases can be run at all.</summary>
    public bool IsGood => HasBash && HasShell && HasEntry != false;
}

/// <summary>A second run of a case, compared with the first.</summary>
/// <param name="Case">The case.</param>
/// <param name="Sameness">How far the predictions agree.</param>
/// <param name="Ending">How the second run ended.</param>
/// <param name="Seconds">What it took.</param>
/// <param name="LeastDsc">
/// Least Dice between the two predictions over structures that either found; null when they are the same, or not comparable.
/// </param>
/// <param name="LeastDscStructure">The structure of that; null with it.</param>
internal sealed record CheckedRepeat(
    string Case, Sameness Sameness, Ending Ending, double Seconds, double? LeastDsc, string? LeastDscStructure);
