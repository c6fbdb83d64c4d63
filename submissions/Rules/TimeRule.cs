namespace Touchstone.Submissions;

/// <summary>How long a container may take for a case.</summary>
public enum TimeRule
{
    /// <summary>The same time for every case: <see cref="SandboxLimits.WallTime"/>.</summary>
    Fixed,

    /// <summary>
    /// The allowance of BodyMaps 2024: a second for every millimetre of scan, less 50 s; an entry that exceeds it on more
    /// than a fifth of its cases is not run any further.
    /// </summary>
    BodyMaps,
}

/// <summary>The arithmetic of <see cref="TimeRule.BodyMaps"/>. Pure.</summary>
public static class BodyMapsAllowance
{
    /// <summary>
    /// What a case gets in any case. The published rule gives scans below 50 mm less than nothing; nobody could keep that.
    /// </summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(10);

    private const double LessSeconds = 50;
    private const int AbortFraction = 5;

    /// <summary>The time that a case gets: spacing × slices − 50 s, and at least <see cref="Least"/>.</summary>
    /// <param name="sliceSpacingMm">Distance between slices in millimetres.</param>
    /// <param name="slices">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above zero.</exception>
    public static TimeSpan For(double sliceSpacingMm, int slices)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sliceSpacingMm);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slices);
        var seconds = (sliceSpacingMm * slices) - LessSeconds;
        return seconds > Least.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Least;
    }

    /// <summary>Whether an entry has exceeded its allowance too often: on more than a fifth of its cases.</summary>
    /// <param name="exceeded">Cases that were killed at their limit.</param>
    /// <param name="cases">All cases of the entry, run or not.</param>
    public static bool IsSpent(int exceeded, int cases) => (long)exceeded * AbortFraction > cases;
}
