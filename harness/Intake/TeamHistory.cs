using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Intake;

/// <summary>What quotas are judged by, read inside the transaction that adds the attempt.</summary>
/// <param name="Team">The team.</param>
/// <param name="Attempts">Its attempts in the challenge, in the order of arrival.</param>
/// <param name="Grants">The organisers' grants in the challenge, in their order.</param>
public sealed record TeamHistory(Team Team, IReadOnlyList<Attempt> Attempts, IReadOnlyList<QuotaGrant> Grants)
{
    /// <summary>Whether the team may try in a phase now, and what is left of its quota. Pure.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="now">The time.</param>
    public QuotaVerdict Verdict(ChallengePhase phase, DateTimeOffset now) => QuotaRules.Judge(
        phase,
        [
            .. Attempts.Where(one => one.Draft.Phase == phase.Name)
                .Select(one => new Submissions.Attempt(one.CreatedAt, Ending(one))),
        ],
        Grants.LastOrDefault(grant => grant.Phase == phase.Name)?.Quota is { } quota ? new QuotaChange(quota) : null,
        now);

    /// <summary>Refuses another attempt when the challenge's rules do.</summary>
    /// <param name="challenge">The challenge, in the phase of the attempt.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="IntakeException">The team is too large, the phase closed, or the quota spent.</exception>
    public void DemandAnother(Challenge challenge, DateTimeOffset now)
    {
        if (Team.Members.Count > challenge.TeamSize)
        {
            throw new IntakeException(
                IntakeFault.TeamTooLarge,
                $"{challenge.Title} takes teams of up to {Counted.Of(challenge.TeamSize ?? 0, "member")}; this one has {Team.Members.Count}.");
        }

        if (Verdict(challenge.Phase, now) is QuotaVerdict.Refused refused)
        {
            var fault = refused.Rule is QuotaRule.Closed or QuotaRule.NotOpenYet ? IntakeFault.PhaseClosed : IntakeFault.QuotaExhausted;
            throw new IntakeException(fault, refused.Sentence) { RetryAt = refused.NextAt };
        }
    }

    private static AttemptEnding Ending(Attempt attempt) => attempt.State switch
    {
        AttemptState.Waiting or AttemptState.Checking => AttemptEnding.Open,
        AttemptState.Running or AttemptState.Finished => AttemptEnding.Valid,
        // Its image was accepted and cases ran, until the entry was taken out or the attempt back.
        AttemptState.Rejected or AttemptState.Cancelled when attempt.IsValid => AttemptEnding.Valid,
        AttemptState.Rejected => AttemptEnding.Rejected,
        // Free while it waited; who has a machine look at an image and then takes it back has had an attempt.
        AttemptState.Cancelled => attempt.StartedAt is null ? AttemptEnding.Cancelled : AttemptEnding.Rejected,
        AttemptState.Failed => AttemptEnding.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(attempt), attempt.State, null),
    };
}
