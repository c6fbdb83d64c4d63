namespace Touchstone.Leaderboard.Results;

/// <summary>GPU memory and load of one container, sampled while it ran.</summary>
public sealed record GpuUse
{
    /// <summary>Memory that FLARE lets everybody have, MiB.</summary>
    public const int ToleranceMib = 2048;

    /// <summary>Whose memory the numbers are.</summary>
    public required GpuSource Source { get; init; }

    /// <summary>What a reader of the numbers has to know, such as why there are none; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Longest time between two samples, in seconds; null with fewer than two.</summary>
    public required double? LargestGapSeconds { get; init; }

    /// <summary>Largest sampled memory in bytes; null without a sample.</summary>
    public required long? PeakBytes { get; init; }

    /// <summary>
    /// Area under the memory–time curve in MiB·s, by trapezoids between samples; null with fewer than two.
    /// </summary>
    public required double? AreaMibSeconds { get; init; }

    /// <summary>
    /// The same of what lay above <see cref="ToleranceMib"/>, as FLARE counts it; null with fewer than two samples.
    /// </summary>
    public required double? AreaAboveToleranceMibSeconds { get; init; }

    /// <summary>Mean load of the whole device over the samples, 0 to 100; null where NVML does not tell.</summary>
    public required double? UtilizationPercent { get; init; }

    /// <summary>The memory–time curve for charts, thinned out; every peak is kept.</summary>
    public required IReadOnlyList<GpuPoint> Curve { get; init; }
}

/// <summary>Whose memory a <see cref="GpuUse"/> counts. The names are stored: never rename one.</summary>
public enum GpuSource
{
    /// <summary>The container's own processes, by NVML.</summary>
    Processes,

    /// <summary>The whole device less what was in use before the start: processes could not be told apart.</summary>
    Device,

    /// <summary>Nothing: NVML is absent or does not answer. The note says which.</summary>
    Unavailable,
}

/// <summary>One point of a memory–time curve.</summary>
/// <param name="Seconds">Since sampling began, just before the container started.</param>
/// <param name="Bytes">Memory in use.</param>
public readonly record struct GpuPoint(double Seconds, long Bytes);
