using System.Globalization;

namespace Touchstone.Submissions;

/// <summary>
/// One phase of a challenge: what is run in it, when, how often a team may try, and who sees the board. Everything that
/// phases may differ in is here, and complete: what a file states for all phases is in each of them.
/// </summary>
public sealed record ChallengePhase
{
    /// <summary>
    /// The phase that counts. A challenge file without phases has this one alone, and entries of older workspaces are in
    /// it.
    /// </summary>
    public const string Test = "test";

    /// <summary>Lower-case letters, digits and hyphens, such as <c>debug</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Datasets that are run, by manifest id, in the order shown.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>What participants learn of a case that failed. Default <see cref="LogPolicy.Private"/>.</summary>
    public LogPolicy Logs { get; init; }

    /// <summary>What a container may use on one case.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>How long a container may take for a case. Default <see cref="TimeRule.Fixed"/>.</summary>
    public TimeRule TimeRule { get; init; }

    /// <summary>Largest accepted image, unpacked, in bytes. Default 40 GiB.</summary>
    public long ImageBytes { get; init; } = 40L << 30;

    /// <summary>From when entries are taken, UTC, inclusive; null for always.</summary>
    public DateTimeOffset? Opens { get; init; }

    /// <summary>Until when entries are taken, UTC, exclusive; null for ever.</summary>
    public DateTimeOffset? Closes { get; init; }

    /// <summary>How often a team may try. Default: without bounds.</summary>
    public Quota Quota { get; init; } = new();

    /// <summary>False when the board of this phase is for organisers only, for ever. Default true.</summary>
    public bool ShowsBoard { get; init; } = true;

    /// <summary>Until when the board is for organisers only; null for no embargo.</summary>
    public Embargo? Embargo { get; init; }

    /// <summary>Whether everybody may see the board now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isReleased">Whether the organiser has released the board, which ends any embargo.</param>
    public bool IsPublic(DateTimeOffset now, bool isReleased) =>
        ShowsBoard && (Embargo is null || isReleased || Embargo.Until <= now);

    /// <summary>Refuses an entry before the phase opens and after it has closed.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.PhaseNotOpen"/>: it takes no entries now.</exception>
    public void RequireOpen(DateTimeOffset now)
    {
        if (now < Opens)
        {
            throw new SubmissionException(
                SubmissionFault.PhaseNotOpen, $"The phase \"{Name}\" takes no entries yet: it opens {Show(Opens.Value)}.");
        }

        if (now >= Closes)
        {
            throw new SubmissionException(
                SubmissionFault.PhaseNotOpen, $"The phase \"{Name}\" takes no entries any more: it closed {Show(Closes.Value)}.");
        }
    }

    /// <summary>A time for readers, such as <c>2027-01-31 12:00 UTC</c>.</summary>
    /// <param name="time">The time, in any time zone.</param>
    public static string Show(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>A time in which a board is for organisers only.</summary>
/// <param name="Until">When it ends, UTC, exclusive; null when only the organiser's release ends it.</param>
public sealed record Embargo(DateTimeOffset? Until);
