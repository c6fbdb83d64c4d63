namespace Touchstone.Submissions;

/// <summary>A rule that decides whether a team may try again. The names are shown to programs: never rename one.</summary>
public enum QuotaRule
{
    /// <summary>The phase has not opened yet.</summary>
    NotOpenYet,

    /// <summary>The phase has closed.</summary>
    Closed,

    /// <summary><see cref="QuotaBounds.PerDay"/> of <see cref="Quota.Valid"/>.</summary>
    ValidPerDay,

    /// <summary><see cref="QuotaBounds.PerWeek"/> of <see cref="Quota.Valid"/>.</summary>
    ValidPerWeek,

    /// <summary><see cref="QuotaBounds.PerPhase"/> of <see cref="Quota.Valid"/>.</summary>
    ValidPerPhase,

    /// <summary><see cref="QuotaBounds.PerDay"/> of <see cref="Quota.Attempts"/>.</summary>
    AttemptsPerDay,

    /// <summary><see cref="QuotaBounds.PerWeek"/> of <see cref="Quota.Attempts"/>.</summary>
    AttemptsPerWeek,

    /// <summary><see cref="QuotaBounds.PerPhase"/> of <see cref="Quota.Attempts"/>.</summary>
    AttemptsPerPhase,
}

/// <summary>How much of one bound a team has used.</summary>
/// <param name="Rule">The bound.</param>
/// <param name="Used">Attempts that count against it now.</param>
/// <param name="Bound">Most that it allows.</param>
/// <param name="RenewsAt">When it is whole again, UTC; null for a bound on the phase.</param>
public sealed record QuotaUse(QuotaRule Rule, int Used, int Bound, DateTimeOffset? RenewsAt)
{
    /// <summary>What may still be used; 0 or more.</summary>
    public int Left => Math.Max(0, Bound - Used);
}

/// <summary>Whether a team may try now.</summary>
public abstract record QuotaVerdict
{
    private QuotaVerdict()
    {
    }

    /// <summary>Every bound with what is used of it, valid submissions first, day before week before phase.</summary>
    public required IReadOnlyList<QuotaUse> Uses { get; init; }

    /// <summary>The verdict for the participant; names no other team.</summary>
    public required string Sentence { get; init; }

    /// <summary>It may.</summary>
    public sealed record Allowed : QuotaVerdict;

    /// <summary>It may not.</summary>
    public sealed record Refused : QuotaVerdict
    {
        /// <summary>What forbids it; of several rules the one that forbids it longest.</summary>
        public required QuotaRule Rule { get; init; }

        /// <summary>
        /// When an attempt will be allowed if nothing else happens, UTC; null when it will not be any more.
        /// </summary>
        public required DateTimeOffset? NextAt { get; init; }
    }
}
