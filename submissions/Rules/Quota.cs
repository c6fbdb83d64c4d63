namespace Touchstone.Submissions;

/// <summary>How often a team may try in a phase of a challenge.</summary>
public sealed record Quota
{
    /// <summary>Bounds on submissions whose image was accepted, and so were or will be scored.</summary>
    public QuotaBounds Valid { get; init; } = new();

    /// <summary>Bounds on attempts, whether the image was accepted or rejected.</summary>
    public QuotaBounds Attempts { get; init; } = new();
}

/// <summary>Most of something in a day, a week and a phase. Days and weeks are those of UTC; a week is ISO's, from Monday.</summary>
public sealed record QuotaBounds
{
    /// <summary>Most from 00:00 UTC to the next; null for no bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? PerDay { get; init => field = NotNegative(value); }

    /// <summary>Most from Monday 00:00 UTC to the next; null for no bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? PerWeek { get; init => field = NotNegative(value); }

    /// <summary>Most in the whole phase; null for no bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? PerPhase { get; init => field = NotNegative(value); }

    private static int? NotNegative(int? value) =>
        value is >= 0 or null ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A bound is 0 or more.");
}

/// <summary>What the organiser grants one team in a phase, in place of the phase's own quota.</summary>
/// <param name="Quota">The quota that holds for the team, all of it.</param>
public sealed record QuotaChange(Quota Quota);
