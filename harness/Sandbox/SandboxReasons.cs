namespace Touchstone.Harness.Sandbox;

/// <summary>Why each setting of <see cref="SandboxProfile"/> is there, in one sentence each.</summary>
internal static class SandboxReasons
{
    public const string TakenVariable = "Variables of the image that steer loaders or choose GPUs must not reach the engine's helpers.";

    public const string Root = "The challenge allows it and the engine remaps users: root inside is nobody outside.";

    public const string TimeLimit = "A container that ends late counts as timed out; the kill needs no co-operation.";

    public const string Seccomp = "Calls of the kernel that no segmentation needs are refused, on every engine the same; each line of the file says why.";

    public const string Holder = "Volumes in memory live as long as a container uses them; it runs no participant's code.";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["Image"] = "By content, never by tag: what was accepted is what runs.",
        ["Entrypoint"] = "The image's own entry point is switched off, so that the stated command is what runs.",
        ["Cmd"] = "The command that the participant stated.",
        ["Env HOME"] = "The one home folder that can be written.",
        ["Env LOGNAME"] = "The user has no line in the image's password file, and programs that ask for its name would fail.",
        ["Env USER"] = "As LOGNAME, which other programs ask for.",
        ["Env LD_LIBRARY_PATH"] = "Honest CUDA images need it; relative entries are taken out.",
        ["Env NVIDIA_VISIBLE_DEVICES"] = "No GPU, whatever the image asks for and whatever the engine's default is.",
        ["User"] = "No rights on any host, and in no image's password file.",
        ["WorkingDir"] = "The contract's folder.",
        ["Hostname"] = "The same for everybody: nothing to learn.",
        ["Labels"] = "Not visible inside; what a killed harness leaves is found by them and removed.",
        ["Healthcheck"] = "The image's own would run commands beside the timed one.",
        ["NetworkMode"] = "A loopback interface alone: nothing to reach and nobody to tell.",
        ["IpcMode"] = "Shared memory of its own, gone with it.",
        ["CgroupnsMode"] = "It sees its own control group and no names above.",
        ["CgroupParent"] = "Time and memory are read from a group that outlives the container.",
        ["Dns"] = "The engine copies the host's name servers otherwise.",
        ["DnsSearch"] = "The engine copies the host's search domains otherwise.",
        ["ReadonlyRootfs"] = "Nothing written stays for the next case, and the engine's disk cannot be filled.",
        ["Privileged"] = "Said explicitly, whatever the engine's default.",
        ["CapDrop"] = "No right of root, not even for root.",
        ["SecurityOpt"] = "Programs with the set-user-ID bit gain nothing.",
        ["MaskedPaths"] = "What tells machine and boot apart, and what others do on it, is covered.",
        ["ReadonlyPaths"] = "A process cannot steer the kernel by its own files, such as who goes first without memory.",
        ["Memory"] = "The challenge's limit and the output's size, whose pages count here.",
        ["MemorySwap"] = "Equal to the memory: no swap, which would slow everybody's times.",
        ["NanoCpus"] = "The challenge's cores, at most those of the machine.",
        ["CpusetCpus"] = "Cores of its own, so that timed runs do not share them.",
        ["PidsLimit"] = "A fork bomb stops at its own limit.",
        ["ShmSize"] = "Data loaders need shared memory; it counts as memory.",
        ["OomScoreAdj"] = "When the machine is out of memory, this container goes first.",
        ["Ulimits core"] = "A crash writes no memory image.",
        ["Ulimits fsize"] = "No file, sparse or not, larger than the largest place that it may lie in.",
        ["Ulimits nofile"] = "Enough for data loaders, too few to exhaust the machine.",
        ["Ulimits nproc"] = "Said explicitly where the engine's default cannot be set.",
        ["Tmpfs /tmp"] = "Small, in memory, and no program can be started from it.",
        ["Tmpfs /home/participant"] = "The home folder: small, in memory, and no program can be started from it.",
        ["Tmpfs"] = "The image declares a volume here, which would be writable disk without a limit.",
        ["LogConfig"] = "A container that prints without end fills 1 MiB and no more.",
        ["DeviceRequests"] = "One GPU, because the submission asks for it; nothing else of the machine.",
        ["Mounts /workspace/inputs"] = "This case's CT alone, under its pseudonym; no label, no other case.",
        ["Mounts /workspace/outputs"] = "Capped in bytes and files; read as an archive, never opened as a path.",
        ["RestartPolicy"] = "One start for each run.",
        ["Inputs volume"] = "In memory: no path of the machine shows, and cold disks do not count.",
        ["Outputs volume"] = "In memory: it vanishes with the run; no program or device works on it.",
    };

    /// <summary>The reason of a setting.</summary>
    /// <param name="setting">Its name, such as <c>Ulimits core</c>.</param>
    /// <exception cref="InvalidOperationException">None is written down.</exception>
    public static string For(string setting) =>
        Reasons.TryGetValue(setting, out var reason) || Reasons.TryGetValue(setting.Split(' ')[0], out reason)
            ? reason
            : throw new InvalidOperationException($"The sandbox sets {setting}, and no reason for it is written down.");
}
