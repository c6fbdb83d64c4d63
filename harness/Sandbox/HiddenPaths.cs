namespace Touchstone.Harness.Sandbox;

/// <summary>
/// What of <c>/proc</c> and <c>/sys</c> is covered or cannot be written: what tells machine and boot apart, and what others do on
/// it. A path that a kernel does not have is passed over by the engine.
/// </summary>
public static class HiddenPaths
{
    private const string Nodes = "/sys/devices/system/node";

    private static readonly string[] CountersOfNode = ["meminfo", "numastat", "vmstat"];

    private static readonly (string Part, int Keep)[] Cuts = [("/nvme/", "/nvme".Length), ("/block/", 0)];

    /// <summary>Covered by nothing: an empty file, or an empty folder.</summary>
    public static IReadOnlyList<string> Masked { get; } =
    [
        // What engines cover by themselves, which a list of ours replaces.
        "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi",
        "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware",

        // What everybody's processes do: files locked, disks read, time waited, interrupts, memory by kind.
        "/proc/buddyinfo", "/proc/diskstats", "/proc/fs", "/proc/interrupts", "/proc/irq", "/proc/key-users", "/proc/locks", "/proc/pagetypeinfo",
        "/proc/pressure", "/proc/schedstat", "/proc/softirqs", "/proc/sys/fs/dentry-state", "/proc/sys/fs/file-nr",
        "/proc/sys/fs/inode-nr", "/proc/sys/fs/inode-state", "/proc/vmstat", "/proc/zoneinfo", "/sys/kernel/irq", "/sys/kernel/slab",

        // Which machine and which boot: its disks and their serials, board, boot command and boot id.
        "/proc/cmdline", "/proc/mdstat", "/proc/partitions", "/proc/swaps", "/proc/sys/kernel/random/boot_id",
        "/sys/block", "/sys/class/block", "/sys/class/dmi", "/sys/class/nvme", "/sys/dev/block",
        "/sys/devices/virtual/block", "/sys/devices/virtual/dmi", "/sys/devices/virtual/nvme-subsystem",
        "/sys/fs/btrfs", "/sys/fs/ext4", "/sys/fs/xfs",
    ];

    /// <summary>
    /// Not to be written: all of <c>/proc</c>, or a process could lower its <c>oom_score_adj</c> on kernels that were not told by
    /// whom it may.
    /// </summary>
    public static IReadOnlyList<string> ReadOnly { get; } = ["/proc"];

    /// <summary>Folders of this machine's disks in <c>/sys/devices</c>, where their serials stand; none where there is no /sys.</summary>
    public static IReadOnlyList<string> OfDisks() => Directory.Exists("/sys/block")
        ? OfDisks(Directory.EnumerateFileSystemEntries("/sys/block")
            .Select(link => Directory.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName).OfType<string>())
        : [];

    /// <summary>Counters of everybody's memory, which this machine's nodes have besides those of <c>/proc</c>.</summary>
    public static IReadOnlyList<string> OfNodes() => Directory.Exists(Nodes)
        ? [.. from node in Directory.EnumerateDirectories(Nodes, "node*").Order(StringComparer.Ordinal)
              from name in CountersOfNode
              select $"{node}/{name}"]
        : [];

    /// <summary>The folders to cover for some disks. Pure.</summary>
    /// <param name="disks">Where the links of <c>/sys/block</c> lead.</param>
    internal static IReadOnlyList<string> OfDisks(IEnumerable<string> disks) =>
    [
        .. disks.Where(disk => !disk.StartsWith("/sys/devices/virtual/", StringComparison.Ordinal))
            .Select(DeviceOf).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The device that the disk is on: …/nvme of …/nvme/nvme0/nvme0n1, …/virtio1 of …/virtio1/block/vda, and of other kinds the disk.
    /// </summary>
    private static string DeviceOf(string disk)
    {
        foreach (var (part, keep) in Cuts)
        {
            var at = disk.LastIndexOf(part, StringComparison.Ordinal);
            if (at > 0)
            {
                return disk[..(at + keep)];
            }
        }

        return disk;
    }
}
