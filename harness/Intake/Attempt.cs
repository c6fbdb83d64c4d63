using Touchstone.Submissions;

namespace Touchstone.Harness.Intake;

/// <summary>Where an attempt stands; README.md draws the ways between. Stored by name: never rename one.</summary>
public enum AttemptState
{
    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>Its image is being checked and loaded.</summary>
    Checking,

    /// <summary>Its image was accepted and runs on the cases.</summary>
    Running,

    /// <summary>Every case has its ending.</summary>
    Finished,

    /// <summary>Its image was not accepted.</summary>
    Rejected,

    /// <summary>Taken back: by its team before it ran, or by an organiser.</summary>
    Cancelled,

    /// <summary>Our machine could not do it; free of charge.</summary>
    Failed,
}

/// <summary>A team's try in one phase of a challenge.</summary>
public sealed record Attempt
{
    /// <summary>Stable id, random.</summary>
    public required string Id { get; init; }

    /// <summary>Its place in the order of arrival; not for participants, who could count other teams' attempts.</summary>
    public required long Number { get; init; }

    /// <summary>Whose it is.</summary>
    public required string TeamId { get; init; }

    /// <summary>What the team states; its team name is the one of the time of the attempt.</summary>
    public required SubmissionDraft Draft { get; init; }

    /// <summary>SHA-256 of the uploaded archive, hexadecimal; null when <see cref="Reference"/> is given.</summary>
    public required string? ArchiveSha256 { get; init; }

    /// <summary>The archive's name on the participant's machine; null when <see cref="Reference"/> is given.</summary>
    public required string? ArchiveName { get; init; }

    /// <summary>The image reference; null when an archive is given.</summary>
    public required string? Reference { get; init; }

    /// <summary>Where it stands.</summary>
    public required AttemptState State { get; init; }

    /// <summary>When it came, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was first taken up, UTC; null before.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC; null before.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Id of the entry that it became; null before its image was accepted. The attempt counts as valid from then on.</summary>
    public required string? SubmissionId { get; init; }

    /// <summary>Cases that it runs on; null before its image was accepted.</summary>
    public required int? Cases { get; init; }

    /// <summary>Cases that have their ending.</summary>
    public required int CasesDone { get; init; }

    /// <summary>Stable code of why it was rejected or failed; null otherwise.</summary>
    public required string? FaultCode { get; init; }

    /// <summary>The same in a sentence for the participant; null otherwise.</summary>
    public required string? FaultText { get; init; }

    /// <summary>What went wrong with our machine, for organisers only; null otherwise.</summary>
    public required string? OperatorText { get; init; }

    /// <summary>Why it waits although its turn had come, in a sentence for the participant; null for nothing but the queue.</summary>
    public string? WaitsBecause { get; init; }

    /// <summary>Whether nothing will happen to it by itself any more.</summary>
    public bool HasEnded => State is not (AttemptState.Waiting or AttemptState.Checking or AttemptState.Running);

    /// <summary>Whether its image was accepted.</summary>
    public bool IsValid => SubmissionId is not null;
}

/// <summary>What somebody asks for when a new attempt is to be made.</summary>
public sealed record AttemptRequest
{
    /// <summary>The team.</summary>
    public required string TeamId { get; init; }

    /// <summary>What is stated; its team must be the team's name.</summary>
    public required SubmissionDraft Draft { get; init; }

    /// <summary>The uploaded archive, whole; null when <see cref="Reference"/> is given.</summary>
    public string? UploadId { get; init; }

    /// <summary>The image reference; null when <see cref="UploadId"/> is given.</summary>
    public string? Reference { get; init; }

    /// <summary>The same key with the same request gives the same attempt; null for a new one in any case.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>A worker's hold on an attempt. Every change names it, and one that was lost changes nothing.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Fence">Greater with every worker that took it up.</param>
public sealed record Lease(string AttemptId, long Fence);
