using System.Text.Json.Serialization;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;
using Attempt = Touchstone.Harness.Intake.Attempt;

namespace Touchstone.Harness.Server.Api;

/// <summary>Asks for an attempt.</summary>
internal sealed record AttemptBody
{
    /// <summary>Id of the challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase; may be left out where there is only one, or one called test.</summary>
    public string? Phase { get; init; }

    /// <summary>Name of the method shown on the leaderboard.</summary>
    public required string Name { get; init; }

    /// <summary>How CT and masks lie in the container. Default flat.</summary>
    public SubmissionLayout Layout { get; init; }

    /// <summary>What /bin/bash -c runs in /workspace. Default the contract's.</summary>
    public string? Command { get; init; }

    /// <summary>Whether it asks for a GPU.</summary>
    public bool Gpu { get; init; }

    /// <summary>Whether its image works only as root.</summary>
    public bool Root { get; init; }

    /// <summary>Datasets that it was trained on, by id; null to say nothing.</summary>
    public IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>Id of a whole upload; null when an image is named.</summary>
    public string? Upload { get; init; }

    /// <summary>Reference of an image in a registry that the organisers allow; null when an upload is named.</summary>
    public string? Image { get; init; }
}

/// <summary>An attempt, as its team may see it.</summary>
internal sealed record AttemptAnswer
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The team's name.</summary>
    public required string Team { get; init; }

    /// <summary>Id of the challenge.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase.</summary>
    public required string Phase { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Name { get; init; }

    /// <summary>The archive's name, or the reference.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the archive, hexadecimal; null for a reference.</summary>
    public required string? ArchiveSha256 { get; init; }

    /// <summary>Where it stands.</summary>
    public required AttemptState State { get; init; }

    /// <summary>When it came, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken up, UTC; null before.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC; null before.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Id of the entry that it became; null before its image was accepted.</summary>
    public required string? Submission { get; init; }

    /// <summary>Cases that it runs on; null before its image was accepted.</summary>
    public required int? Cases { get; init; }

    /// <summary>Cases that have their ending.</summary>
    public required int CasesDone { get; init; }

    /// <summary>How many are before it in the queue, the one at work included; null when it does not wait.</summary>
    public required int? Ahead { get; init; }

    /// <summary>Seconds until it is finished, by the pace of earlier attempts; null when nobody can say.</summary>
    public required long? EstimatedSeconds { get; init; }

    /// <summary>Stable code of why it was rejected or failed; null otherwise.</summary>
    public required string? FaultCode { get; init; }

    /// <summary>The same in a sentence; null otherwise.</summary>
    public required string? FaultText { get; init; }

    /// <summary>Why it waits although its turn had come; null for nothing but the queue.</summary>
    public string? WaitsBecause { get; init; }

    /// <summary>What keeps the entry out of its ranking; null while it takes part.</summary>
    public required SetApartAnswer? SetApart { get; init; }

    /// <summary>What went wrong with our machine; absent for participants.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OperatorText { get; init; }

    /// <summary>An attempt for a caller.</summary>
    /// <param name="exchange">Its request.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="outlook">The queue; null to look now.</param>
    public static AttemptAnswer Of(Exchange exchange, Attempt attempt, QueueOutlook? outlook = null) => Of(
        SeenProgress.Of(exchange.Desk, attempt, exchange.Caller.IsOrganiser),
        outlook ?? QueueOutlook.Of(exchange.Desk, exchange.Caller.IsOrganiser),
        attempt.SubmissionId is { } submission
            ? EntryDecision.InForce(DecisionFile.ReadAll(exchange.Desk.Workspace, submission))
            : null,
        exchange.Caller.IsOrganiser);

    private static AttemptAnswer Of(Attempt attempt, QueueOutlook outlook, EntryDecision? decision, bool isOrganiser) => new()
    {
        Id = attempt.Id,
        Team = attempt.Draft.Team,
        Challenge = attempt.Draft.Challenge,
        Phase = attempt.Draft.Phase,
        Name = attempt.Draft.Name,
        Source = attempt.ArchiveName ?? attempt.Reference ?? "",
        ArchiveSha256 = attempt.ArchiveSha256,
        State = attempt.State,
        CreatedAt = attempt.CreatedAt,
        StartedAt = attempt.StartedAt,
        EndedAt = attempt.EndedAt,
        Submission = attempt.SubmissionId,
        Cases = attempt.Cases,
        CasesDone = attempt.CasesDone,
        Ahead = outlook.Ahead(attempt),
        EstimatedSeconds = (long?)outlook.TimeLeft(attempt)?.TotalSeconds,
        FaultCode = attempt.FaultCode,
        FaultText = attempt.FaultText,
        WaitsBecause = attempt.WaitsBecause,
        SetApart = decision is null ? null : new SetApartAnswer(decision.Kind, decision.Reason, decision.At),
        OperatorText = isOrganiser ? attempt.OperatorText : null,
    };
}

/// <summary>What keeps an entry out of its ranking.</summary>
/// <param name="Kind">Disqualified or withdrawn.</param>
/// <param name="Reason">Why, for everybody to read.</param>
/// <param name="Since">When, UTC.</param>
internal sealed record SetApartAnswer(DecisionKind Kind, string Reason, DateTimeOffset Since);

/// <summary>Mean scores of an attempt.</summary>
/// <param name="Attempt">Its id.</param>
/// <param name="Scored">Cases with a valid prediction.</param>
/// <param name="Cases">Cases that it runs on.</param>
/// <param name="Structures">By dataset and structure.</param>
internal sealed record ScoresAnswer(string Attempt, int Scored, int Cases, IReadOnlyList<StructureMeans> Structures);

/// <summary>Means over the cases of a dataset in which a structure is annotated; failed cases count with 0.</summary>
/// <param name="Dataset">Id of the dataset.</param>
/// <param name="Structure">The structure.</param>
/// <param name="Cases">Cases that count.</param>
/// <param name="Dsc">Mean DSC; null when it is undefined on all of them.</param>
/// <param name="Nsd">Mean NSD; null when it is undefined on all of them.</param>
internal sealed record StructureMeans(string Dataset, string Structure, int Cases, double? Dsc, double? Nsd);
