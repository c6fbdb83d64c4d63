namespace Touchstone.Leaderboard.Live.Organiser;

/// <summary>The queue and who works on it.</summary>
public sealed record QueueView
{
    /// <summary>Running, then waiting, in the order in which they will be taken.</summary>
    public required IReadOnlyList<AttemptSummary> Queue { get; init; }

    /// <summary>What our machine could not do: an organiser's to look at.</summary>
    public required IReadOnlyList<AttemptSummary> Failed { get; init; }

    /// <summary>What ended last, newest first.</summary>
    public required IReadOnlyList<AttemptSummary> Recent { get; init; }

    /// <summary>What the worker does, in a sentence; a dead one has to be seen.</summary>
    public required string Worker { get; init; }

    /// <summary>Whether something works on the queue.</summary>
    public required bool IsWorking { get; init; }
}
