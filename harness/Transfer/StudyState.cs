namespace Touchstone.Harness.Transfer;

/// <summary>How far a study is: what <c>touchstone transfer run --json</c> reports.</summary>
internal sealed record StudyState
{
    /// <summary>Id of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Every job, in the order of the plan.</summary>
    public required IReadOnlyList<JobState> Jobs { get; init; }
}

/// <summary>How far one job is.</summary>
internal sealed record JobState
{
    /// <summary>Its name.</summary>
    public required string Job { get; init; }

    /// <summary>
    /// <c>completed</c>, another ending such as <c>timedOut</c>, <c>blocked</c> by the failure of the pre-training that it
    /// builds on, or <c>waiting</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>The ending in words; null without a result.</summary>
    public required string? Detail { get; init; }

    /// <summary>Seconds that its container ran; null without a result, and for an import.</summary>
    public required double? Seconds { get; init; }
}
