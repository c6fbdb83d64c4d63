using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>The kernel's files in the places where each of the four set-ups has them.</summary>
public sealed class CgroupMeterTests
{
    [Theory]
    [InlineData("1", "cgroupfs", "cpuacct/touchstone-w-r/cpuacct.usage", "cpuacct/touchstone-w-r/H/cpuacct.usage", "memory/touchstone-w-r/memory.max_usage_in_bytes")]
    [InlineData("2", "cgroupfs", "touchstone-w-r/cpu.stat", "touchstone-w-r/H/cpu.stat", "touchstone-w-r/memory.peak")]
    [InlineData("1", "systemd", $"cpuacct/{Slice}/cpuacct.usage", $"cpuacct/{Slice}/docker-H.scope/cpuacct.usage", $"memory/{Slice}/memory.max_usage_in_bytes")]
    [InlineData("2", "systemd", $"{Slice}/cpu.stat", $"{Slice}/docker-H.scope/cpu.stat", $"{Slice}/memory.peak")]
    public void Read_EverySetUp_TakesTheHoldersShareOff(string version, string driver, string run, string holder, string memory)
    {
        using var folder = new TemporaryFolder();
        Write(folder, run, version == "1" ? "2500000000\n" : "usage_usec 2500000\nuser_usec 1\n");
        Write(folder, holder, version == "1" ? "500000000\n" : "usage_usec 500000\nuser_usec 1\n");
        Write(folder, memory, "1048576\n");
        Write(
            folder,
            version == "1" ? $"blkio/{Group(run, "cpuacct/")}/blkio.throttle.io_service_bytes_recursive" : $"{Group(run)}/io.stat",
            version == "1"
                ? "8:0 Read 4096\n8:0 Write 99999\n253:0 Read 7168\nTotal 111263\n"
                : "8:0 rbytes=4096 wbytes=99999 rios=1\n253:0 rbytes=7168 wbytes=0 rios=1\n");

        var usage = Meter(folder, version, driver).Read("H");

        Assert.Equal(new CgroupUsage(2.0, 1048576, 7168), usage);
    }

    [Fact]
    public void Read_NothingThere_IsUndefined()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(new CgroupUsage(null, null, null), Meter(folder, "2", "systemd").Read("H"));
    }

    [Theory]
    [InlineData("1", "cgroupfs", "memory/touchstone-w-r/C")]
    [InlineData("2", "cgroupfs", "touchstone-w-r/C")]
    [InlineData("1", "systemd", $"memory/{Slice}/docker-C.scope")]
    [InlineData("2", "systemd", $"{Slice}/docker-C.scope")]
    public void Looks_WhileAContainerRuns_SeeItsHeapsAndAllItsProcesses(string version, string driver, string container)
    {
        using var folder = new TemporaryFolder();
        Write(folder, $"{container}/memory.stat", version == "1" ? "cache 5\nrss 1\ntotal_rss 8192\n" : "anon 8192\nfile 5\n");
        Write(folder, $"{container}/cgroup.procs", "12\n13\n");
        Write(folder, $"{container}/below/cgroup.procs", "14\n");
        var meter = Meter(folder, version, driver);

        Assert.Equal(8192, meter.AnonymousBytes("C"));
        Assert.Equal([12u, 13u, 14u], meter.Processes("C").Order());
        Assert.Null(meter.AnonymousBytes("another"));
        Assert.Empty(meter.Processes("another"));
    }

    [Theory]
    [InlineData("cgroupfs", "/touchstone-w-r")]
    [InlineData("systemd", "touchstone-w-r.slice")]
    public void Parent_OfEachDriver_IsInItsOwnForm(string driver, string parent)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(parent, Meter(folder, "2", driver).Parent);
    }

    [Fact]
    public void RemoveLeftovers_TakesOnlyTheWorkspacesOwnGroups()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("memory", "touchstone-w-1"));
        Directory.CreateDirectory(folder.File("memory", "touchstone-x-1"));

        CgroupMeter.RemoveLeftovers("w", folder.Path);

        Assert.Equal([folder.File("memory", "touchstone-x-1")], Directory.GetDirectories(folder.File("memory")));
    }

    private const string Slice = "touchstone.slice/touchstone-w.slice/touchstone-w-r.slice";

    private static string Group(string file, string controller = "") => Path.GetDirectoryName(file[controller.Length..])!;

    private static CgroupMeter Meter(TemporaryFolder folder, string version, string driver) =>
        CgroupMeter.For(new EngineInfo { CgroupVersion = version, CgroupDriver = driver }, "w", "r", folder.Path)
        ?? throw new InvalidOperationException("These tests stand in for root, who alone can remove groups of cgroupfs.");

    private static void Write(TemporaryFolder folder, string path, string text)
    {
        var file = folder.File(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
