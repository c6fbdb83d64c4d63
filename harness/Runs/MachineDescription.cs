using System.Reflection;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>What results say about the machine and the program that made them.</summary>
public static class MachineDescription
{
    /// <summary>Version and commit of this program, such as <c>0.1.0+1a2b3c…</c>.</summary>
    public static string Build { get; } = typeof(MachineDescription).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The machine, as the engine and the kernel tell.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="info">Its machine.</param>
    /// <param name="gpu">The GPU that is given to the container; null for none.</param>
    /// <param name="cpuSet">Cores that the container is pinned to; null for all.</param>
    public static Machine Of(EngineVersion engine, EngineInfo info, GpuDevice? gpu, string? cpuSet = null) => new(
        engine.Product,
        CpuModel() ?? engine.Arch,
        info.NCPU,
        info.MemTotal,
        gpu is null ? null : gpu.Model ?? "unknown",
        $"{info.OperatingSystem}, Linux {info.KernelVersion}")
    {
        GpuDriver = gpu?.Driver,
        Cuda = gpu?.Cuda,
        CpuSet = cpuSet,
    };

    private static string? CpuModel() => Value("/proc/cpuinfo", "model name");

    /// <summary>Model of the first GPU by the kernel's driver; null without one.</summary>
    public static string? GpuModel()
    {
        const string driver = "/proc/driver/nvidia/gpus";
        return Directory.Exists(driver)
            ? Directory.EnumerateDirectories(driver)
                .Order(StringComparer.Ordinal)
                .Select(folder => Value(Path.Combine(folder, "information"), "Model"))
                .FirstOrDefault(model => model is not null)
            : null;
    }

    /// <summary>Value of the first line <c>key : value</c>; null without one.</summary>
    private static string? Value(string path, string key) => File.Exists(path)
        ? File.ReadLines(path)
            .Where(line => line.StartsWith(key, StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
            .FirstOrDefault()
        : null;
}
