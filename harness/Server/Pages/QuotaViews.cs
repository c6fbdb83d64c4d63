using Touchstone.Leaderboard.Live;
using Touchstone.Submissions;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Quotas as pages show them.</summary>
internal static class QuotaViews
{
    /// <summary>What is left in every phase that is open for a team.</summary>
    /// <param name="desk">What the server works with.</param>
    /// <param name="teamId">The team.</param>
    public static IReadOnlyList<QuotaLine> Of(Desk desk, string teamId)
    {
        var now = desk.Clock.GetUtcNow();
        return
        [
            .. from challenge in desk.Challenges.All
               let open = challenge.Phases.Where(phase => phase.Closes is null || now < phase.Closes).ToList()
               where open.Count > 0
               let history = desk.Store.History(teamId, challenge.Id)
               from phase in open
               from line in Lines(challenge, history.Verdict(phase, now), phase)
               select line,
        ];
    }

    /// <summary>A quota in words; for organisers.</summary>
    /// <param name="quota">The quota; null for the phase's own.</param>
    public static string Words(Quota? quota)
    {
        if (quota is null)
        {
            return "the phase's own again";
        }

        int?[] bounds =
        [
            quota.Valid.PerDay, quota.Valid.PerWeek, quota.Valid.PerPhase,
            quota.Attempts.PerDay, quota.Attempts.PerWeek, quota.Attempts.PerPhase,
        ];
        var words = bounds.Zip(Rules, (bound, rule) => bound is { } number ? FormattableString.Invariant($"{number} {rule}") : null)
            .OfType<string>().ToList();
        return words.Count > 0 ? string.Join(", ", words) : "no bound at all";
    }

    private static readonly string[] Rules =
    [
        "valid submissions a day", "valid submissions a week", "valid submissions in the phase",
        "attempts a day", "attempts a week", "attempts in the phase",
    ];

    private static IEnumerable<QuotaLine> Lines(Challenge challenge, QuotaVerdict verdict, ChallengePhase phase)
    {
        QuotaLine Line(string rule, int used, int? allowed, DateTimeOffset? next) => new()
        {
            Challenge = challenge.Title,
            Phase = phase.Name,
            Rule = rule,
            Used = used,
            Allowed = allowed,
            NextAt = next,
        };
        var next = (verdict as QuotaVerdict.Refused)?.NextAt;
        return verdict.Uses.Count == 0
            ? [Line("not rationed", 0, null, next)]
            : verdict.Uses.Select(use => Line(
                Rules[use.Rule - QuotaRule.ValidPerDay], use.Used, use.Bound, use.Left == 0 ? use.RenewsAt : null));
    }
}
