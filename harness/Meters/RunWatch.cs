using Touchstone.Harness.Gpu;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Meters;

/// <summary>Watches a container while it runs: anonymous memory, and the GPU where it has one.</summary>
internal sealed class RunWatch : IDisposable
{
    private readonly MemoryPeak? _memory;
    private readonly GpuWatch? _gpu;
    private Sampler? _sampler;

    private RunWatch(MemoryPeak? memory, GpuWatch? gpu)
    {
        (_memory, _gpu) = (memory, gpu);
        _sampler = memory is null && gpu is null ? null : Sampler.Start(Look);
    }

    /// <summary>Largest anonymous memory in bytes; null where nothing was seen.</summary>
    public long? PeakAnonymousBytes => _memory?.Bytes;

    /// <summary>GPU memory and load; null for a container without a GPU. Ask after disposing.</summary>
    public GpuUse? Gpu => _gpu?.ToUse();

    /// <summary>Begins to watch, just before a container starts.</summary>
    /// <param name="meter">The control group above it; null where groups cannot be read.</param>
    /// <param name="container">Id of the container.</param>
    /// <param name="gpu">The GPU that it is given; null for none.</param>
    public static RunWatch Begin(CgroupMeter? meter, string container, GpuDevice? gpu) => new(
        meter is null ? null : new MemoryPeak(meter, container),
        gpu is null ? null : new GpuWatch(gpu, meter is null ? null : () => meter.Processes(container)));

    /// <summary>Stops watching. Twice is harmless.</summary>
    public void Dispose() => Interlocked.Exchange(ref _sampler, null)?.Dispose();

    private void Look(TimeSpan time)
    {
        _memory?.Look();
        _gpu?.Look(time);
    }
}
