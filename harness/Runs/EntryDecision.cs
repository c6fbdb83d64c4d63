using System.Text.Json.Serialization;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness.Runs;

/// <summary>What was decided about an accepted entry. The names are stored: never rename one.</summary>
public enum DecisionKind
{
    /// <summary>The organiser takes it out of the ranking, for a public reason.</summary>
    Disqualified,

    /// <summary>The organiser lifts the disqualification.</summary>
    Reinstated,

    /// <summary>Its team takes it out of the ranking.</summary>
    Withdrawn,

    /// <summary>Its team brings it back.</summary>
    Returned,
}

/// <summary>One decision about an entry. Decisions are added and never changed: the last ones hold.</summary>
public sealed record EntryDecision
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>What was decided.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>Why, for everybody to read; may be empty but for a disqualification.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided, for operators.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it was written into the journal too; false in files of older builds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Journalled { get; init; }

    /// <summary>What keeps a reason from being used, in a sentence; null for nothing.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="reason">Why, folded.</param>
    public static string? ReasonFault(DecisionKind kind, string reason) => reason.Length == 0
        ? kind == DecisionKind.Disqualified ? "Say why, in one line: everybody reads it." : null
        : PlainText.Fault("reason, which everybody reads,", reason, LongestReason);

    /// <summary>
    /// The decision that keeps an entry out of the ranking; null when it takes part. A team cannot lift or hide a
    /// disqualification, and the organiser does not bring back what its team withdrew.
    /// </summary>
    /// <param name="history">All decisions, oldest first.</param>
    public static EntryDecision? InForce(IReadOnlyList<EntryDecision> history) =>
        Standing(history, DecisionKind.Disqualified, DecisionKind.Reinstated)
        ?? Standing(history, DecisionKind.Withdrawn, DecisionKind.Returned);

    /// <summary>The last decision of a kind, unless it was lifted since.</summary>
    /// <param name="history">All decisions, oldest first.</param>
    /// <param name="kind">What takes the entry out.</param>
    /// <param name="lifting">What brings it back.</param>
    internal static EntryDecision? Standing(IReadOnlyList<EntryDecision> history, DecisionKind kind, DecisionKind lifting) =>
        history.LastOrDefault(one => one.Kind == kind || one.Kind == lifting) is { } last && last.Kind == kind ? last : null;
}
