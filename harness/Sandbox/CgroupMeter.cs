using System.Globalization;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>What the kernel counted for one run.</summary>
/// <param name="CpuSeconds">CPU time of all processes; null where the kernel does not tell.</param>
/// <param name="PeakMemoryBytes">Largest memory, page cache included; null where the kernel does not tell.</param>
/// <param name="DiskReadBytes">Bytes read from disks; null where the kernel does not tell.</param>
public readonly record struct CgroupUsage(double? CpuSeconds, long? PeakMemoryBytes, long? DiskReadBytes);

/// <summary>
/// Reads time and memory of a run from a control group above its containers. A container's own group vanishes with it,
/// and samples taken before would miss the end; the group above stays while the holder lives and is exact.
/// </summary>
internal sealed class CgroupMeter
{
    private readonly string _root;
    private readonly bool _isUnified;
    private readonly bool _isSystemd;
    private readonly string _name;

    private CgroupMeter(string root, EngineInfo info, string name)
    {
        _root = root;
        _isUnified = info.CgroupVersion == "2";
        _isSystemd = info.CgroupDriver == "systemd";
        _name = name;
    }

    /// <summary>The setting that puts a container below the group.</summary>
    public string Parent => _isSystemd ? $"{_name}.slice" : $"/{_name}";

    /// <summary>A meter for a run, or null where groups cannot be read or, afterwards, removed.</summary>
    /// <param name="info">The engine's machine.</param>
    /// <param name="workspaceId">Owner, part of the group's name.</param>
    /// <param name="runId">Run, the rest of it.</param>
    /// <param name="root">Where the kernel shows control groups.</param>
    public static CgroupMeter? For(EngineInfo info, string workspaceId, string runId, string root = "/sys/fs/cgroup")
    {
        // systemd removes an empty slice by itself; below cgroupfs only root can.
        var canRemove = info.CgroupDriver == "systemd" || (info.CgroupDriver == "cgroupfs" && Environment.IsPrivilegedProcess);
        return canRemove && Directory.Exists(root) ? new CgroupMeter(root, info, $"{Prefix(workspaceId)}{runId}") : null;
    }

    /// <summary>Removes groups that a killed process of a workspace left.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="root">Where the kernel shows control groups.</param>
    public static void RemoveLeftovers(string workspaceId, string root = "/sys/fs/cgroup")
    {
        if (Environment.IsPrivilegedProcess && Directory.Exists(root))
        {
            foreach (var folder in Directory.EnumerateDirectories(root).Append(root))
            {
                RemoveEmpty(Directory.EnumerateDirectories(folder, $"{Prefix(workspaceId)}*"));
            }
        }
    }

    /// <summary>What the run used, the holder's share taken off.</summary>
    /// <param name="holderId">Id of the holder's container, which must still run.</param>
    public CgroupUsage Read(string holderId)
    {
        var memory = _isUnified ? Folder("", "memory.peak") : Folder("memory", "memory.max_usage_in_bytes");
        return new CgroupUsage(
            Cpu("") - (Cpu(GroupOf(holderId)) ?? 0), Number(memory) is { } bytes ? (long)bytes : null, DiskReadBytes());
    }

    /// <summary>
    /// Anonymous memory of a container at this moment: heaps and stacks, no page cache and no files in memory. Null
    /// before it starts, after its end and where the kernel does not tell.
    /// </summary>
    /// <param name="containerId">Id of the container.</param>
    public long? AnonymousBytes(string containerId)
    {
        var file = Path.Combine(GroupOf(containerId), "memory.stat");
        var bytes = _isUnified ? Number(Folder("", file), "anon ") : Number(Folder("memory", file), "total_rss ");
        return bytes is { } number ? (long)number : null;
    }

    /// <summary>Processes of a container at this moment, by their ids on this machine; empty when there are none.</summary>
    /// <param name="containerId">Id of the container.</param>
    public IReadOnlySet<uint> Processes(string containerId)
    {
        var folder = Folder(_isUnified ? "" : "memory", GroupOf(containerId));
        HashSet<uint> ids = [];
        foreach (var group in Groups(folder))
        {
            ids.UnionWith(Lines(Path.Combine(group, "cgroup.procs")).Select(line => uint.Parse(line, CultureInfo.InvariantCulture)));
        }

        return ids;
    }

    /// <summary>Removes the group, once no container is below it.</summary>
    public void Remove()
    {
        if (!_isSystemd)
        {
            RemoveEmpty(Directory.EnumerateDirectories(_root).Append(_root).Select(folder => Path.Combine(folder, _name)));
        }
    }

    private static string Prefix(string workspaceId) => $"touchstone-{workspaceId}-";

    private static void RemoveEmpty(IEnumerable<string> groups)
    {
        foreach (var group in groups.Where(Directory.Exists))
        {
            try
            {
                foreach (var below in Directory.EnumerateDirectories(group)) // Podman makes one for the container's keeper
                {
                    Directory.Delete(below);
                }

                Directory.Delete(group);
            }
            catch (IOException)
            {
                // Still in use, or gone meanwhile. An empty group costs nothing, and the next start tries again.
            }
        }
    }

    private string GroupOf(string containerId) => _isSystemd ? $"docker-{containerId}.scope" : containerId;

    /// <summary>
    /// The most that any one device counted: layered devices (LVM, RAID, encryption) each count the same bytes again.
    /// </summary>
    private long? DiskReadBytes()
    {
        var file = _isUnified ? Folder("", "io.stat") : Folder("blkio", "blkio.throttle.io_service_bytes_recursive");
        var key = _isUnified ? " rbytes=" : " Read ";
        return File.Exists(file) ? Lines(file).Max(line => DeviceCount(line, key)) ?? 0 : null;
    }

    /// <summary>The number after a key; null in lines without it.</summary>
    private static long? DeviceCount(string line, string key)
    {
        var at = line.IndexOf(key, StringComparison.Ordinal);
        return at >= 0
            && long.TryParse(line[(at + key.Length)..].Split(' ')[0], CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }

    private double? Cpu(string child) => _isUnified
        ? Number(Folder("", Path.Combine(child, "cpu.stat")), "usage_usec ") / 1e6
        : Number(Folder("cpuacct", Path.Combine(child, "cpuacct.usage"))) / 1e9;

    private string Folder(string controller, string file) =>
        Path.Combine(_root, controller, _isSystemd ? SlicePath() : _name, file);

    /// <summary>systemd nests slices by the dashes of their names: a-b.slice lies in a.slice.</summary>
    private string SlicePath()
    {
        var parts = _name.Split('-');
        return Path.Combine([.. parts.Index().Select(part => $"{string.Join('-', parts[..(part.Index + 1)])}.slice")]);
    }

    private static double? Number(string file, string key = "")
    {
        var line = Lines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return double.TryParse(line?[key.Length..], CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return []; // groups come and go with their containers
        }
    }

    /// <summary>A group with those that a container has made below it.</summary>
    private static IEnumerable<string> Groups(string folder)
    {
        try
        {
            return [folder, .. Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
