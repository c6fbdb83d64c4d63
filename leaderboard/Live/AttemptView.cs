using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Live;

/// <summary>Everything that its team, or an organiser, may see of an attempt.</summary>
public sealed record AttemptView
{
    /// <summary>What it is and where it stands.</summary>
    public required AttemptSummary Summary { get; init; }

    /// <summary>Layout of its folders.</summary>
    public required string Layout { get; init; }

    /// <summary>Its command.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The archive's name or the reference, as the team gave it.</summary>
    public required string Source { get; init; }

    /// <summary>The image's digest; null before it was accepted.</summary>
    public string? Image { get; init; }

    /// <summary>Whether it wants a GPU.</summary>
    public bool UsesGpu { get; init; }

    /// <summary>Datasets that it was trained on, as stated.</summary>
    public IReadOnlyList<string> TrainedOn { get; init; } = [];

    /// <summary>Its place among those that wait, 1 for the next; null when it does not wait.</summary>
    public int? Place { get; init; }

    /// <summary>Time until it is finished, by the pace of earlier runs; null when nobody can say.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>What is being done now, in words; empty for nothing.</summary>
    public string Doing { get; init; } = "";

    /// <summary>Why it was rejected, failed or was disqualified; null otherwise.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Its cases that have an ending, by pseudonym; empty where the phase keeps even that back.</summary>
    public IReadOnlyList<AttemptCase> Cases { get; init; } = [];

    /// <summary>What the phase shows and what it keeps back, in a sentence.</summary>
    public string Feedback { get; init; } = "";

    /// <summary>Path of its page on the board; null while it has none that the reader may see.</summary>
    public string? BoardPath { get; init; }

    /// <summary>Where changes are announced; null when nothing will change any more.</summary>
    public string? EventsAddress { get; init; }

    /// <summary>Whether it is finished and will be on the board in a moment.</summary>
    public bool IsSettling { get; init; }

    /// <summary>Whether the reader may take it back now.</summary>
    public bool CanCancel { get; init; }

    /// <summary>Whether its team, who reads, may take its entry out of the ranking now.</summary>
    public bool CanWithdraw { get; init; }

    /// <summary>Whether its team, who reads, may bring its withdrawn entry back.</summary>
    public bool CanReturn { get; init; }

    /// <summary>What organisers see beyond that and may do; null for participants.</summary>
    public OrganiserView? Organiser { get; init; }
}

/// <summary>Why an attempt came to nothing.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Text">A sentence for the participant.</param>
public sealed record Fault(string Code, string Text);

/// <summary>A case of an attempt, as its team may see it.</summary>
public sealed record AttemptCase
{
    /// <summary>The only name of it that participants know.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>How it ended.</summary>
    public required Ending Ending { get; init; }

    /// <summary>The ending in words.</summary>
    public required string Detail { get; init; }

    /// <summary>What a failure probably came of, and what helps; null when nobody can say.</summary>
    public string? Hint { get; init; }

    /// <summary>Its seconds; null where the phase keeps them back.</summary>
    public double? Seconds { get; init; }

    /// <summary>Mean DSC over its structures; null for a failed case, and where the phase keeps it back.</summary>
    public double? Dsc { get; init; }

    /// <summary>Mean NSD, likewise.</summary>
    public double? Nsd { get; init; }

    /// <summary>The end of what the container printed; null where the phase keeps it back.</summary>
    public string? Log { get; init; }
}

/// <summary>What organisers see of an attempt beyond its team.</summary>
public sealed record OrganiserView
{
    /// <summary>What went wrong with the machine; null for nothing.</summary>
    public string? MachineFault { get; init; }

    /// <summary>Whether it can be run again now.</summary>
    public bool CanRunAgain { get; init; }

    /// <summary>Whether it can be taken off the board now.</summary>
    public bool CanDisqualify { get; init; }

    /// <summary>Whether a disqualification can be taken back now.</summary>
    public bool CanReinstate { get; init; }

    /// <summary>What was done to it, oldest first.</summary>
    public IReadOnlyList<AuditLine> History { get; init; } = [];
}
