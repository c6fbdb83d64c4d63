using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>Whether two runs left the same predictions. The names are stored: never rename one.</summary>
public enum Sameness
{
    /// <summary>The same files, byte by byte.</summary>
    Identical,

    /// <summary>The same volumes in files that differ, as gzip writes when it notes the time.</summary>
    SameContent,

    /// <summary>Other predictions: the method is not deterministic.</summary>
    Different,

    /// <summary>One of the two left no valid prediction.</summary>
    NotComparable,
}

/// <summary>
/// One more timed run of a case that has its result. Kept beside the result, which it never changes: it tells how far times
/// and predictions can be trusted.
/// </summary>
public sealed record CaseRepeat
{
    /// <summary>How it ended.</summary>
    public required Ending Ending { get; init; }

    /// <summary>Its times; nothing was scored.</summary>
    public required Timing Timing { get; init; }

    /// <summary>What it left.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>Whether that is what the result was made of.</summary>
    public required Sameness Sameness { get; init; }

    internal static CaseRepeat Of(
        SandboxOutcome outcome, Timing timing, CaseResult result, string predictions, string repeated) => new()
        {
            Ending = outcome.Ending,
            Timing = timing,
            Outputs = outcome.Outputs,
            Sameness = OutputComparison.Of(result, predictions, outcome.Outputs, repeated),
        };
}
