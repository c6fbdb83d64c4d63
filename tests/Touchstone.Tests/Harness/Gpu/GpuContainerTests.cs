using System.Globalization;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Meters;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Gpu;

/// <summary>The processes of a real container, found on this machine and told apart on the stand-in's GPU.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class GpuContainerTests(EngineFixture fixture)
{
    [Fact]
    public async Task Watch_ProcessOfARunningContainer_IsFoundByItsIdOnThisMachine()
    {
        var meter = CgroupMeter.For(await fixture.Engine.InfoAsync(), "tests", Guid.NewGuid().ToString("N"))
            ?? throw new InvalidOperationException("Control groups can be read and removed by root only, as in production.");
        var container = await fixture.Engine.CreateContainerAsync(new ContainerRequest
        {
            Image = fixture.Image.Digest.Value,
            Entrypoint = [],
            Cmd = ["/bin/sh", "-c", "sleep 1000; :"],
            HostConfig = new HostConfig { NetworkMode = "none", CgroupParent = meter.Parent },
        });
        try
        {
            using var standIn = new StandIn();
            using var device = GpuDevice.Open("0", StandIn.Library);
            GpuUse? use;
            using (var watch = RunWatch.Begin(meter, container, device))
            {
                await fixture.Engine.StartContainerAsync(container);
                standIn.Begin(await WaitForAsync(meter, container, "sleep"), 1 << 30, 0.4);
                await Task.Delay(TimeSpan.FromSeconds(0.7));
                watch.Dispose();
                use = watch.Gpu;
                Assert.InRange(watch.PeakAnonymousBytes!.Value, 4096, 16 << 20);
            }

            Assert.Equal(GpuSource.Processes, use!.Source);
            Assert.InRange(use.PeakBytes!.Value, 1 << 28, 1 << 30);
            Assert.Equal(2, meter.Processes(container).Count); // the shell and what it called
        }
        finally
        {
            await fixture.Engine.RemoveContainerAsync(container);
            meter.Remove();
        }
    }

    private static async Task<uint> WaitForAsync(CgroupMeter meter, string container, string command)
    {
        while (true)
        {
            foreach (var id in meter.Processes(container))
            {
                var words = await File.ReadAllTextAsync($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cmdline");
                if (words.StartsWith(command, StringComparison.Ordinal))
                {
                    return id;
                }
            }

            await Task.Yield();
        }
    }
}
