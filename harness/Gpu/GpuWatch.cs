using System.Globalization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Gpu;

/// <summary>
/// Samples the GPU memory of one container: that of its own processes, and beside it that of the whole device over what
/// was in use before, for drivers that do not tell processes apart. Made before the container starts.
/// </summary>
internal sealed class GpuWatch
{
    private const double Mebibyte = 1 << 20;

    private readonly GpuDevice _device;
    private readonly Func<IReadOnlySet<uint>>? _processes;
    private readonly long? _baseline;
    private readonly HashSet<uint> _before;
    private readonly GpuCurve _own = new();
    private readonly GpuCurve _whole = new();
    private readonly List<double> _load = [];
    private bool _isAmbiguous;

    /// <param name="device">The device that the container is given.</param>
    /// <param name="processes">The container's processes at the moment; null where they cannot be known.</param>
    public GpuWatch(GpuDevice device, Func<IReadOnlySet<uint>>? processes)
    {
        (_device, _processes) = (device, processes);
        _baseline = device.UsedBytes();
        var present = device.Processes();
        _before = [.. present?.Keys ?? []];
        _isAmbiguous = processes is null || present is null;
    }

    private double Baseline => (_baseline ?? 0) / Mebibyte;

    /// <summary>Looks once.</summary>
    /// <param name="time">Since sampling began.</param>
    public void Look(TimeSpan time)
    {
        if (_device.UsedBytes() is { } used)
        {
            _whole.Add(time, Math.Max(0, used - (_baseline ?? 0)));
        }

        if (!_isAmbiguous)
        {
            LookAtProcesses(time);
        }

        if (_device.UtilizationPercent() is { } percent)
        {
            _load.Add(percent);
        }
    }

    /// <summary>What was seen, once no look follows.</summary>
    public GpuUse ToUse()
    {
        var source = !_isAmbiguous && _own.Samples > 0 ? GpuSource.Processes
            : _whole.Samples > 0 ? GpuSource.Device : GpuSource.Unavailable;
        var curve = source == GpuSource.Processes ? _own : _whole;
        return new GpuUse
        {
            Source = source,
            Note = source switch
            {
                GpuSource.Processes => null,
                GpuSource.Device => string.Create(CultureInfo.InvariantCulture,
                    $"NVML did not tell the container's processes apart; the whole device, less {Baseline:0} MiB before the start."),
                GpuSource.Unavailable => _device.Fault.Length > 0 ? _device.Fault : "NVML did not tell the device's memory.",
            },
            Samples = curve.Samples,
            LargestGapSeconds = curve.LargestGapSeconds,
            PeakBytes = curve.PeakBytes,
            AreaMibSeconds = curve.AreaMibSeconds,
            AreaAboveToleranceMibSeconds = curve.AreaAboveToleranceMibSeconds,
            UtilizationPercent = _load.Count > 0 ? _load.Average() : null,
            Curve = curve.Thinned(),
        };
    }

    /// <summary>
    /// A process on the device that is neither the container's nor was there before means that ids do not match (another
    /// namespace) or that somebody else began: then processes cannot be told apart.
    /// </summary>
    private void LookAtProcesses(TimeSpan time)
    {
        var memory = _device.Processes();
        var own = _processes!();
        if (memory is null || memory.Any(one => own.Contains(one.Key) ? one.Value is null : !_before.Contains(one.Key)))
        {
            // Processes end between the two questions; only one that is still unknown in the next look counts.
            _isAmbiguous = memory is null || IsStillUnknown();
        }

        if (memory is not null)
        {
            _own.Add(time, memory.Sum(one => own.Contains(one.Key) ? one.Value ?? 0 : 0));
        }
    }

    private bool IsStillUnknown()
    {
        var own = _processes!();
        return _device.Processes() is not { } memory
            || memory.Any(one => own.Contains(one.Key) ? one.Value is null : !_before.Contains(one.Key));
    }
}
