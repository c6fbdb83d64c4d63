namespace Touchstone.Submissions;

/// <summary>The arithmetic of quotas. Pure: who stores attempts asks here before adding one.</summary>
public static class QuotaRules
{
    /// <summary>Whether a team may try now.</summary>
    /// <param name="phase">The phase, with its dates and quota.</param>
    /// <param name="ofThisTeamInThisPhase">Every earlier attempt, in any order.</param>
    /// <param name="change">What the organiser grants the team instead; null for the phase's own quota.</param>
    /// <param name="now">The time.</param>
    public static QuotaVerdict Judge(
        ChallengePhase phase, IReadOnlyList<Attempt> ofThisTeamInThisPhase, QuotaChange? change, DateTimeOffset now)
    {
        var uses = Uses(change?.Quota ?? phase.Quota, ofThisTeamInThisPhase, now);
        if (now >= phase.Closes)
        {
            return Refuse(uses, QuotaRule.Closed, null,
                $"The phase \"{phase.Name}\" closed {ChallengePhase.Show(phase.Closes.Value)}.");
        }

        // What is spent for ever weighs more than what returns later, and that more than what returns sooner.
        var hardest = uses.Where(use => use.Left == 0).MaxBy(use => IsFinal(use) ? DateTimeOffset.MaxValue : use.RenewsAt);
        var next = Next(phase, hardest, now);
        if (now < phase.Opens && (hardest is null || !IsFinal(hardest)))
        {
            return Refuse(uses, QuotaRule.NotOpenYet, next,
                $"The phase \"{phase.Name}\" opens {ChallengePhase.Show(phase.Opens.Value)}.");
        }

        return hardest is null
            ? new QuotaVerdict.Allowed { Uses = uses, Sentence = WhatIsLeft(uses) }
            : Refuse(uses, hardest.Rule, next, Spent(hardest, next, phase));
    }

    /// <summary>00:00 UTC of a moment's day.</summary>
    /// <param name="time">The moment, in any time zone.</param>
    public static DateTimeOffset StartOfDay(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Monday 00:00 UTC of a moment's ISO week.</summary>
    /// <param name="time">The moment, in any time zone.</param>
    public static DateTimeOffset StartOfWeek(DateTimeOffset time)
    {
        var day = StartOfDay(time);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private static IReadOnlyList<QuotaUse> Uses(Quota quota, IReadOnlyList<Attempt> attempts, DateTimeOffset now)
    {
        var tried = attempts.Where(one => one.Ending is AttemptEnding.Open or AttemptEnding.Valid or AttemptEnding.Rejected)
            .ToList();
        var valid = tried.Where(one => one.Ending != AttemptEnding.Rejected).ToList();
        return
        [
            .. Uses(quota.Valid, valid, now, QuotaRule.ValidPerDay, QuotaRule.ValidPerWeek, QuotaRule.ValidPerPhase),
            .. Uses(
                quota.Attempts, tried, now, QuotaRule.AttemptsPerDay, QuotaRule.AttemptsPerWeek, QuotaRule.AttemptsPerPhase),
        ];
    }

    private static IEnumerable<QuotaUse> Uses(
        QuotaBounds bounds, List<Attempt> counted, DateTimeOffset now, QuotaRule perDay, QuotaRule perWeek, QuotaRule perPhase)
    {
        var (day, week) = (StartOfDay(now), StartOfWeek(now));
        if (bounds.PerDay is { } inDay)
        {
            yield return new QuotaUse(perDay, counted.Count(one => one.OpenedAt >= day), inDay, day.AddDays(1));
        }

        if (bounds.PerWeek is { } inWeek)
        {
            yield return new QuotaUse(perWeek, counted.Count(one => one.OpenedAt >= week), inWeek, week.AddDays(7));
        }

        if (bounds.PerPhase is { } inPhase)
        {
            yield return new QuotaUse(perPhase, counted.Count, inPhase, null);
        }
    }

    private static bool IsFinal(QuotaUse use) => use.RenewsAt is null || use.Bound == 0;

    /// <summary>The first moment in which nothing forbids an attempt; null when the phase closes before.</summary>
    private static DateTimeOffset? Next(ChallengePhase phase, QuotaUse? hardest, DateTimeOffset now)
    {
        if (hardest is not null && IsFinal(hardest))
        {
            return null;
        }

        DateTimeOffset[] barriers = [now, hardest?.RenewsAt ?? now, phase.Opens ?? now];
        return barriers.Max() is var next && next < (phase.Closes ?? DateTimeOffset.MaxValue) ? next.ToUniversalTime() : null;
    }

    private static QuotaVerdict.Refused Refuse(
        IReadOnlyList<QuotaUse> uses, QuotaRule rule, DateTimeOffset? next, string sentence) =>
        new() { Uses = uses, Rule = rule, NextAt = next, Sentence = sentence };

    private static string Spent(QuotaUse use, DateTimeOffset? next, ChallengePhase phase)
    {
        var used = $"Your team has used {use.Used} of {use.Bound} {What(use.Rule)} {When(use.Rule)}";
        return next is { } time ? $"{used}; the next is possible from {ChallengePhase.Show(time)}."
            : use.RenewsAt is null || use.Bound == 0 ? $"{used}; no other is possible."
            : $"{used}, and the phase \"{phase.Name}\" closes {ChallengePhase.Show(phase.Closes!.Value)}, before the next is possible.";
    }

    private static string WhatIsLeft(IReadOnlyList<QuotaUse> uses) => uses.Count == 0
        ? "Submissions are not rationed in this phase."
        : "Left, with this one: "
            + string.Join(", ", uses.Select(use => $"{use.Left} of {use.Bound} {What(use.Rule)} {When(use.Rule)}")) + ".";

    private static string What(QuotaRule rule) =>
        rule is QuotaRule.ValidPerDay or QuotaRule.ValidPerWeek or QuotaRule.ValidPerPhase ? "valid submissions" : "attempts";

    private static string When(QuotaRule rule) => rule switch
    {
        QuotaRule.ValidPerDay or QuotaRule.AttemptsPerDay => "today (UTC)",
        QuotaRule.ValidPerWeek or QuotaRule.AttemptsPerWeek => "this week (from Monday, UTC)",
        QuotaRule.ValidPerPhase or QuotaRule.AttemptsPerPhase => "in this phase",
        QuotaRule.NotOpenYet or QuotaRule.Closed => throw new ArgumentOutOfRangeException(nameof(rule), rule, "This rule counts nothing."),
    };
}
