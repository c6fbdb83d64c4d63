using Touchstone.Harness.Gpu;
using Touchstone.Harness.Meters;
using Touchstone.Leaderboard.Results;
using Xunit.Abstractions;

namespace Touchstone.Tests.Harness.Gpu;

/// <summary>GPU memory as it is sampled in production, from a library that answers with a known curve.</summary>
public sealed class GpuWatchTests(ITestOutputHelper output) : IDisposable
{
    private const uint Process = 1234;
    private const double PeakBytes = 8.0 * (1L << 30);
    private const double Seconds = 4; // long enough for 1 % also when a busy machine lets a few looks come late
    private const double AreaMibSeconds = PeakBytes * Seconds / 2 / (1 << 20);

    private readonly StandIn _standIn = new();

    public void Dispose() => _standIn.Dispose();

    [Fact]
    public void Area_OfAKnownTriangle_IsWithinOnePercent()
    {
        var use = Sample();

        Assert.Equal(GpuSource.Processes, use.Source);
        Assert.Null(use.Note);
        Assert.InRange(use.AreaMibSeconds!.Value, AreaMibSeconds * 0.99, AreaMibSeconds * 1.01);
        Assert.InRange(use.LargestGapSeconds!.Value, 0.05, 1);
        Assert.InRange(use.PeakBytes!.Value, PeakBytes * (1 - (use.LargestGapSeconds.Value / Seconds)), PeakBytes);
        Assert.InRange(use.Samples, (int)(Seconds / use.LargestGapSeconds.Value), 45);
        Assert.Equal(40, use.UtilizationPercent);
        Assert.Equal(use.Samples, use.Curve.Count);
        Assert.Equal(use.PeakBytes, use.Curve.Max(point => point.Bytes));
    }

    [Theory]
    [InlineData(false, true)] // the driver lists no processes
    [InlineData(true, false)] // it lists them without their memory
    public void Area_ProcessesNotTold_IsThatOfTheDeviceLessWhatWasThere(bool processes, bool sizes)
    {
        var use = Sample(() => _standIn.Tell(processes, sizes));

        Assert.Equal(GpuSource.Device, use.Source);
        Assert.Contains("less 512 MiB", use.Note, StringComparison.Ordinal);
        Assert.InRange(use.AreaMibSeconds!.Value, AreaMibSeconds * 0.99, AreaMibSeconds * 1.01);
    }

    [Fact]
    public void Source_StrangerBeginsToCompute_IsTheDevice()
    {
        using var device = Open();
        var watch = new GpuWatch(device, () => new HashSet<uint> { Process });
        watch.Look(TimeSpan.Zero);
        _standIn.Tell(other: 77);
        watch.Look(TimeSpan.FromSeconds(0.1));

        Assert.Equal(GpuSource.Device, watch.ToUse().Source);
    }

    [Fact]
    public void Source_ProcessesOfTheContainerUnknown_IsTheDevice()
    {
        using var device = Open();
        var watch = new GpuWatch(device, processes: null);
        watch.Look(TimeSpan.Zero);
        watch.Look(TimeSpan.FromSeconds(1));

        Assert.Equal((GpuSource.Device, 0.0), (watch.ToUse().Source, watch.ToUse().AreaMibSeconds));
    }

    [Theory]
    [InlineData("libnvidia-ml-of-nobody.so.1", "0", "cannot be loaded")]
    [InlineData(null, "7", "knows no GPU 7")]
    public void Watch_NoLibraryOrNoDevice_SaysSo(string? library, string id, string fault)
    {
        using var device = GpuDevice.Open(id, library ?? StandIn.Library);
        var watch = new GpuWatch(device, () => new HashSet<uint> { Process });
        watch.Look(TimeSpan.Zero);

        var use = watch.ToUse();

        Assert.Equal((GpuSource.Unavailable, 0), (use.Source, use.Samples));
        Assert.Contains(fault, use.Note, StringComparison.Ordinal);
        Assert.Null(use.PeakBytes);
        Assert.Empty(use.Curve);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("GPU-stand-in")]
    public void Device_ByIndexOrUuid_TellsModelDriverAndCuda(string id)
    {
        using var device = GpuDevice.Open(id, StandIn.Library);

        Assert.Equal(("Stand-in GPU", "550.00.stand-in", "12.4", ""), (device.Model, device.Driver, device.Cuda, device.Fault));
    }

    [Fact]
    public void Device_OfThisMachine_IsSampledByTheRealLibraryOrSaysThatThereIsNone()
    {
        using var device = GpuDevice.Open("0");
        output.WriteLine(device.Fault.Length > 0
            ? $"Real NVML: not used. {device.Fault} The other tests used the stand-in {StandIn.Library}."
            : $"Real NVML: {device.Model}, driver {device.Driver}, CUDA {device.Cuda}.");
        var watch = new GpuWatch(device, () => new HashSet<uint>());
        watch.Look(TimeSpan.Zero);

        Assert.Equal(device.Fault.Length > 0, watch.ToUse().Source == GpuSource.Unavailable);
    }

    private static GpuDevice Open() => GpuDevice.Open("0", StandIn.Library);

    /// <summary>A whole triangle, with a little before and after it.</summary>
    private GpuUse Sample(Action? prepare = null)
    {
        output.WriteLine($"NVML: the stand-in {StandIn.Library}.");
        using var device = Open();
        prepare?.Invoke();
        var watch = new GpuWatch(device, () => new HashSet<uint> { Process });
        using var end = new ManualResetEventSlim();
        using (Sampler.Start(time =>
        {
            watch.Look(time);
            if (time.TotalSeconds > Seconds + 0.1)
            {
                end.Set();
            }
        }))
        {
            _standIn.Begin(Process, PeakBytes, Seconds);
            Assert.True(end.Wait(TimeSpan.FromSeconds(30)));
        }

        return watch.ToUse();
    }
}
