namespace Touchstone.Harness.Engine;

/// <summary>
/// Body of <c>POST /containers/create</c>. Null members are not sent, so the engine's default applies.
/// </summary>
public sealed record ContainerRequest
{
    /// <summary>Image id, never a tag.</summary>
    public required string Image { get; init; }

    /// <summary>Empty to switch the image's own entry point off; null to keep it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The command, as arguments.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Environment over the image's; a bare <c>NAME</c> takes that variable away.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary><c>uid:gid</c>.</summary>
    public string? User { get; init; }

    /// <summary>Folder in which the command starts.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Name of the machine as the container sees it.</summary>
    public string? Hostname { get; init; }

    /// <summary>Labels for finding it again; they are not visible inside.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The health check that replaces the image's.</summary>
    public HealthCheck? Healthcheck { get; init; }

    /// <summary>What it may use of the machine.</summary>
    public required HostConfig HostConfig { get; init; }
}

/// <summary>A health check.</summary>
/// <param name="Test"><c>NONE</c> switches it off.</param>
public sealed record HealthCheck(IReadOnlyList<string> Test);

/// <summary>What a container may use of the machine. Sizes are bytes; names are the API's.</summary>
public sealed record HostConfig
{
    /// <summary>Network: <c>none</c> is a loopback interface alone.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Whether interprocess objects are its own: <c>private</c>.</summary>
    public string? IpcMode { get; init; }

    /// <summary>Whether it sees only its own control group: <c>private</c>.</summary>
    public string? CgroupnsMode { get; init; }

    /// <summary>Control group above the container's own.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>Name servers written into its resolv.conf, in place of the host's.</summary>
    public IReadOnlyList<string>? Dns { get; init; }

    /// <summary>Search domains written into its resolv.conf, in place of the host's.</summary>
    public IReadOnlyList<string>? DnsSearch { get; init; }

    /// <summary>Whether the image's file system is read-only.</summary>
    public bool? ReadonlyRootfs { get; init; }

    /// <summary>Whether it has every capability and device.</summary>
    public bool? Privileged { get; init; }

    /// <summary>Capabilities taken away.</summary>
    public IReadOnlyList<string>? CapDrop { get; init; }

    /// <summary>Security options.</summary>
    public IReadOnlyList<string>? SecurityOpt { get; init; }

    /// <summary>Paths that are covered, in place of the engine's own list.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Paths that cannot be written, in place of the engine's own list.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>Memory, tmpfs pages included.</summary>
    public long? Memory { get; init; }

    /// <summary>Memory and swap together.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>CPU time per time, in 10⁻⁹ cores.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>Cores that it may use, such as <c>0-3</c>.</summary>
    public string? CpusetCpus { get; init; }

    /// <summary>Processes and threads.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Size of <c>/dev/shm</c>.</summary>
    public long? ShmSize { get; init; }

    /// <summary>How eagerly the kernel kills it when the whole machine is out of memory, -1000 to 1000.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>Process limits.</summary>
    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    /// <summary>File systems in memory by path, with mount options.</summary>
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    /// <summary>Volumes.</summary>
    public IReadOnlyList<Mount>? Mounts { get; init; }

    /// <summary>Volumes as <c>name:path:options</c>, for options that <see cref="Mounts"/> cannot say.</summary>
    public IReadOnlyList<string>? Binds { get; init; }

    /// <summary>Where its output text goes.</summary>
    public LogConfig? LogConfig { get; init; }

    /// <summary>GPUs.</summary>
    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }

    /// <summary>What to do when it ends: <c>no</c> leaves it ended.</summary>
    public RestartPolicy? RestartPolicy { get; init; }
}

/// <summary>A process limit.</summary>
/// <param name="Name">Such as <c>nofile</c>.</param>
/// <param name="Soft">The limit.</param>
/// <param name="Hard">How far a process may raise it.</param>
public sealed record Ulimit(string Name, long Soft, long Hard);

/// <summary>One mount.</summary>
/// <param name="Type"><c>volume</c>.</param>
/// <param name="Source">Name of the volume.</param>
/// <param name="Target">Path in the container.</param>
/// <param name="ReadOnly">Whether the container can only read it.</param>
/// <param name="VolumeOptions">How a volume is mounted; null for the engine's defaults.</param>
public sealed record Mount(
    string Type, string Source, string Target, bool ReadOnly, VolumeOptions? VolumeOptions = null);

/// <summary>How a volume is mounted.</summary>
/// <param name="NoCopy">Whether it stays as it is, instead of taking over the folder of the image that it covers.</param>
public sealed record VolumeOptions(bool NoCopy);

/// <summary>Where output text goes.</summary>
/// <param name="Type">Log driver.</param>
/// <param name="Config">Its options.</param>
public sealed record LogConfig(string Type, IReadOnlyDictionary<string, string> Config);

/// <summary>GPUs asked for.</summary>
/// <param name="Count">How many; 0 when they are named.</param>
/// <param name="DeviceIDs">Which, by index or UUID; null for any.</param>
/// <param name="Capabilities">Any of these lists of all of these words.</param>
public sealed record DeviceRequest(
    int Count, IReadOnlyList<string>? DeviceIDs, IReadOnlyList<IReadOnlyList<string>> Capabilities);

/// <summary>What to do when a container ends.</summary>
/// <param name="Name"><c>no</c>.</param>
public sealed record RestartPolicy(string Name);
