namespace Touchstone.Leaderboard.Live;

/// <summary>Where an attempt stands, for readers.</summary>
public enum AttemptStage
{
    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>Its image is being checked and loaded.</summary>
    Checking,

    /// <summary>Its image runs on the cases.</summary>
    Running,

    /// <summary>Every case has its ending.</summary>
    Finished,

    /// <summary>Its image was not accepted.</summary>
    Rejected,

    /// <summary>Taken back while it waited.</summary>
    Cancelled,

    /// <summary>The organiser's machine could not do it.</summary>
    Failed,

    /// <summary>Taken off the board by the organiser.</summary>
    Disqualified,
}

/// <summary>A line about an attempt.</summary>
public sealed record AttemptSummary
{
    /// <summary>Its id, also of its page.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Name { get; init; }

    /// <summary>The team.</summary>
    public required string Team { get; init; }

    /// <summary>Title of the challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>Name of the phase.</summary>
    public required string Phase { get; init; }

    /// <summary>Where it stands.</summary>
    public required AttemptStage Stage { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Cases that have their ending.</summary>
    public int CasesDone { get; init; }

    /// <summary>All cases; null before its image was accepted.</summary>
    public int? Cases { get; init; }

    /// <summary>Mean DSC over structures and cases; null while there is none, or where the phase keeps it back.</summary>
    public double? Dsc { get; init; }

    /// <summary>Mean NSD, likewise.</summary>
    public double? Nsd { get; init; }

    /// <summary>What the structures weigh in these means, in words; empty when all weigh the same.</summary>
    public string Weights { get; init; } = "";
}
