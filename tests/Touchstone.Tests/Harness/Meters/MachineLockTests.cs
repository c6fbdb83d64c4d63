using Touchstone.Harness.Meters;

namespace Touchstone.Tests.Harness.Meters;

public sealed class MachineLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _waited = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Take_SameCore_WaitsUntilItIsFreeAndSaysSoOnce()
    {
        var first = await TakeAsync("0-1", null);
        var second = TakeAsync("1-2", null);
        Assert.False(second.IsCompleted);
        Assert.Contains("core-1", Assert.Single(_waited), StringComparison.Ordinal);

        first.Dispose();

        (await second.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        Assert.Single(_waited);
    }

    [Fact]
    public async Task Take_SameGpuOnOtherCores_Waits()
    {
        using var first = await TakeAsync("0", "0");
        using var stop = new CancellationTokenSource();
        var second = TakeAsync("1", "0", stop.Token);
        Assert.Contains("gpu-0", Assert.Single(_waited), StringComparison.Ordinal);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        using var third = await TakeAsync("1", null); // what the second held while it waited is free again
    }

    [Fact]
    public async Task Take_OtherCoresAndGpu_DoesNotWait()
    {
        using var first = await TakeAsync("0-1", "0");
        using var second = await TakeAsync("2-3", "1");

        Assert.Empty(_waited);
    }

    private Task<MachineLock> TakeAsync(string cores, string? gpu, CancellationToken token = default) => MachineLock.TakeAsync(
        _folder.File("locks"), MachineLock.Names(CpuSet.Parse(cores, 8), gpu), _waited.Add, TimeProvider.System, token);
}
