using Touchstone.Harness.Meters;

namespace Touchstone.Harness.Runs;

/// <summary>How a run goes about its work.</summary>
public sealed record RunSettings
{
    /// <summary>Hash of the manifest that named the cases, for the results.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>
    /// Waiting time before each further attempt after the engine failed on a case. Default 1, 5 and 15 seconds.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    /// <summary>The clock for limits and waiting. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Cores that containers are pinned to; null for all of the machine.</summary>
    public CpuSet? CpuSet { get; init; }

    /// <summary>The GPU of containers that ask for one, by index or UUID. Default the first.</summary>
    public string GpuDevice { get; init; } = "0";

    /// <summary>Name or path of NVML; null for the one that the GPU's driver installed.</summary>
    public string? NvmlLibrary { get; init; }

    /// <summary>
    /// Folder of the locks that keep timed runs of this machine apart; null to run without, as tests do that time nothing.
    /// </summary>
    public string? LockFolder { get; init; }
}
