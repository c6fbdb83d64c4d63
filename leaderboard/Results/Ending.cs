namespace Touchstone.Leaderboard.Results;

/// <summary>
/// Every way in which a container's work on one case can end. The names are stored in result files and shown to
/// participants: never rename one. An infrastructure failure is none of these: it is retried and leaves no result.
/// </summary>
public enum Ending
{
    /// <summary>Exited with 0 and left a valid prediction on the case's grid.</summary>
    Completed,

    /// <summary>Killed at the time limit.</summary>
    TimedOut,

    /// <summary>Killed by the kernel at the memory limit, and left no valid prediction.</summary>
    OutOfMemory,

    /// <summary>Exited with another code than 0.</summary>
    Crashed,

    /// <summary>Exited with 0 and left no prediction under the expected name.</summary>
    OutputMissing,

    /// <summary>The prediction is no readable volume, or a damaged one.</summary>
    OutputUnreadable,

    /// <summary>The prediction has another shape, spacing or place than the CT.</summary>
    OutputWrongGrid,

    /// <summary>The prediction's voxels are no labels: fractions, negative numbers, NaN, several volumes.</summary>
    OutputNotLabels,

    /// <summary>The output is larger than the limit.</summary>
    OutputTooLarge,

    /// <summary>The output holds something other than regular files: links, devices, pipes.</summary>
    OutputForbidden,
}
