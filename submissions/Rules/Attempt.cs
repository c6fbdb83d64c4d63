namespace Touchstone.Submissions;

/// <summary>One try of a team in a phase, as quotas see it.</summary>
/// <param name="OpenedAt">When it was begun. The day and week that it counts in are those of this moment, in UTC.</param>
/// <param name="Ending">What has become of it.</param>
public sealed record Attempt(DateTimeOffset OpenedAt, AttemptEnding Ending);

/// <summary>What has become of an attempt, as far as quotas care.</summary>
public enum AttemptEnding
{
    /// <summary>
    /// Nothing is decided: it waits or its image is checked. It counts like a valid one, so that nobody fills the queue
    /// beyond the quota, and gives back what it took when it ends otherwise.
    /// </summary>
    Open,

    /// <summary>Its image was accepted: it runs or has run, however its cases ended, also when it was stopped then.</summary>
    Valid,

    /// <summary>Its image was refused: an attempt, but no valid submission.</summary>
    Rejected,

    /// <summary>The team took it back while it waited: free of charge.</summary>
    Cancelled,

    /// <summary>Our own machines failed: free of charge.</summary>
    Failed,
}
