namespace Touchstone.Leaderboard.Transfer;

/// <summary>What has become of a trial. The names are part of reports.</summary>
public enum TrialState
{
    /// <summary>Trained and tested; single test cases may have failed.</summary>
    Completed,

    /// <summary>Its job ended in any other way, or the pre-training that it builds on did: it counts with the worst value.</summary>
    Failed,

    /// <summary>It has not been run yet: it counts for nothing.</summary>
    Waiting,
}

/// <summary>One trial of one cell with its scores.</summary>
public sealed record TrialOutcome
{
    /// <summary>Which.</summary>
    public required ExpectedTrial Trial { get; init; }

    /// <summary>What has become of it.</summary>
    public required TrialState State { get; init; }

    /// <summary>How it ended, in words; null while it waits.</summary>
    public required string? Detail { get; init; }

    /// <summary>Test cases without a valid prediction, which count with the worst value.</summary>
    public required int FailedCases { get; init; }

    /// <summary>Mean over structures of means over test cases, [0, 1]; null while it waits, and for undefined.</summary>
    public required double? Dsc { get; init; }

    /// <inheritdoc cref="Dsc"/>
    public required double? Nsd { get; init; }

    /// <summary>The structures, in the task's order; empty while it waits.</summary>
    public required IReadOnlyList<StructureMean> Structures { get; init; }

    /// <summary>The job's result; null for none, also where its pre-training failed.</summary>
    internal JobResult? Result { get; init; }
}

/// <summary>One structure of a trial.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="Dsc">Mean over test cases, [0, 1]; null where it is undefined in all of them.</param>
/// <param name="Nsd">The same of NSD; null also where an import has none.</param>
public sealed record StructureMean(string Structure, double? Dsc, double? Nsd);
