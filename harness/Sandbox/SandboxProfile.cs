using System.Globalization;
using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// The whole policy of the sandbox as pure functions: what is asked of the engine for one case. The reasons stand in
/// README.md; the requests are golden files of the tests.
/// </summary>
public static class SandboxProfile
{
    /// <summary>Label that names the owning workspace.</summary>
    public const string WorkspaceLabel = "touchstone.workspace";

    /// <summary>Label that names the run.</summary>
    public const string RunLabel = "touchstone.run";

    /// <summary>
    /// User and group of every container: in no image's password file and with no rights on any host.
    /// </summary>
    public const int UserId = 64100;

    /// <summary>Most files and folders that the output of one case may hold.</summary>
    public const int OutputInodes = 1024;

    private const int TemporaryInodes = 100_000;
    private const string Home = "/home/participant";
    private const string Inputs = "/workspace/inputs";
    private const string Outputs = "/workspace/outputs";

    /// <summary>Where a holder has the CT of one of its runs, writable for the engine alone.</summary>
    /// <param name="slot">The run's place in the holder, from 0.</param>
    public static string HolderInputs(int slot) => $"/inputs/{Text(slot)}";

    /// <summary>Where a holder has the masks of one of its runs, read-only.</summary>
    /// <param name="slot">The run's place in the holder, from 0.</param>
    public static string HolderOutputs(int slot) => $"/outputs/{Text(slot)}";

    /// <summary>The volume for the CTs.</summary>
    /// <param name="run">The run.</param>
    public static VolumeRequest InputsVolume(SandboxRun run) =>
        Volume(run, run.InputsVolume, run.InputBytes, run.InputInodes, mode: "0755");

    /// <summary>
    /// The volume for the masks: in memory, so that it vanishes with the run, and capped in size and files.
    /// </summary>
    /// <param name="run">The run.</param>
    public static VolumeRequest OutputsVolume(SandboxRun run) =>
        Volume(run, run.OutputsVolume, run.OutputBytes, run.OutputInodes, mode: "0777");

    /// <summary>The container that keeps volumes mounted before, while and after participants' containers run.</summary>
    /// <param name="runs">The runs whose volumes it keeps; the first gives it labels and control group.</param>
    /// <param name="image">Id of the holder's image.</param>
    public static ContainerRequest Holder(IReadOnlyList<SandboxRun> runs, string image) => ForEngine(runs[0], new ContainerRequest
    {
        Image = image,
        Cmd = [HolderImage.ProgramPath],
        User = User,
        Labels = runs[0].Labels,
        Healthcheck = NoHealthCheck,
        HostConfig = Locked(runs[0]) with
        {
            Memory = 16L << 20,
            MemorySwap = 16L << 20,
            PidsLimit = 64, // the program needs one, but the runtime that starts it counts its own threads here too
            LogConfig = new LogConfig("none", new Dictionary<string, string>()),
            Mounts =
            [
                .. runs.Select((run, slot) => Mount(run.InputsVolume, HolderInputs(slot), isReadOnly: false)),
                .. runs.Select((run, slot) => Mount(run.OutputsVolume, HolderOutputs(slot), isReadOnly: true)),
            ],
        },
    });

    /// <summary>The participant's container.</summary>
    /// <param name="run">The run.</param>
    public static ContainerRequest Case(SandboxRun run)
    {
        // Pages of the output belong to whoever wrote them: without the addition a large mask would be an out-of-memory.
        var memory = run.Limits.MemoryBytes + run.OutputBytes;
        return ForEngine(run, new ContainerRequest
        {
            Image = run.Submission.Image.Value,
            Entrypoint = [],
            Cmd = run.Submission.Command,
            Env = SandboxEnvironment.For(run.ImageEnvironment, Home, run.Submission.NeedsGpu),
            User = run.Submission.NeedsRoot ? Root : User,
            WorkingDir = "/workspace",
            Hostname = "touchstone",
            Labels = run.Labels,
            Healthcheck = NoHealthCheck,
            HostConfig = Locked(run) with
            {
                Memory = memory,
                MemorySwap = memory,
                CpusetCpus = run.CpuSet,
                NanoCpus = (long)Math.Round(run.Limits.Cpus * 1e9),
                PidsLimit = run.Limits.ProcessCount,
                ShmSize = run.Limits.SharedMemoryBytes,
                Ulimits = Ulimits(run.Limits),
                Tmpfs = TemporaryFileSystems(run),
                LogConfig = new LogConfig("json-file", new Dictionary<string, string> { ["max-size"] = "1m", ["max-file"] = "1" }),
                DeviceRequests = run.Submission.NeedsGpu ? [Gpu(run.GpuDevice)] : null,
                Mounts =
                [
                    Mount(run.InputsVolume, Inputs, isReadOnly: true),
                    Mount(run.OutputsVolume, Outputs, isReadOnly: false),
                ],
            },
        });
    }

    /// <summary>Only where the engine remaps users: root inside is nobody outside, and has no capability either way.</summary>
    private static string Root => "0:0";

    private static string User => $"{Text(UserId)}:{Text(UserId)}";

    private static DeviceRequest Gpu(string? device) =>
        device is null ? new DeviceRequest(1, null, [["gpu"]]) : new DeviceRequest(0, [device], [["gpu"]]);

    private static HealthCheck NoHealthCheck => new(["NONE"]);

    /// <summary>What holds for both containers.</summary>
    private static HostConfig Locked(SandboxRun run) => new()
    {
        NetworkMode = "none",
        IpcMode = "private",
        CgroupnsMode = "private",
        CgroupParent = run.CgroupParent,
        Dns = ["127.0.0.1"],
        DnsSearch = ["."],
        ReadonlyRootfs = true,
        Privileged = false,
        CapDrop = ["ALL"],
        SecurityOpt = ["no-new-privileges", SeccompProfile.Option],
        MaskedPaths = [.. HiddenPaths.Masked, .. run.MachinePaths],
        ReadonlyPaths = run.ReadonlyPaths,
        OomScoreAdj = 500,
        RestartPolicy = new RestartPolicy("no"),
    };

    private static IReadOnlyList<Ulimit> Ulimits(SandboxLimits limits)
    {
        var largestFile = Math.Max(limits.OutputBytes, Math.Max(limits.TemporaryBytes, limits.SharedMemoryBytes));

        // One byte: with none, a machine that pipes cores to a program of its own (core_pattern) gives it the container's memory still.
        return [new("core", 1, 1), new("fsize", largestFile, largestFile), new("nofile", 16384, 16384)];
    }

    /// <summary>Empty places in memory over the folders that an image declares volumes.</summary>
    /// <param name="volumes">The folders.</param>
    /// <param name="size">What each may hold, as a mount option.</param>
    internal static SortedDictionary<string, string> Covers(IEnumerable<string> volumes, string size) => new(
        volumes.Select(path => path.TrimEnd('/')).Except([Inputs, Outputs])
            .ToDictionary(path => path, _ => $"rw,noexec,nosuid,nodev,{size},mode=1777"),
        StringComparer.Ordinal);

    private static SortedDictionary<string, string> TemporaryFileSystems(SandboxRun run)
    {
        var size = $"size={Text(run.Limits.TemporaryBytes)},nr_inodes={Text(TemporaryInodes)}";
        var mounts = Covers(run.ImageVolumes, size);
        foreach (var (path, options) in Covers(["/tmp", Home], size))
        {
            mounts[path] = options;
        }

        return mounts;
    }

    /// <summary>
    /// A volume as it is: without <c>NoCopy</c> the engine would fill it with what the image has in its place and give it
    /// that folder's owner and mode.
    /// </summary>
    private static Mount Mount(string volume, string target, bool isReadOnly) =>
        new("volume", volume, target, isReadOnly, new VolumeOptions(NoCopy: true));

    private static ContainerRequest ForEngine(SandboxRun run, ContainerRequest request) =>
        run.IsPodman ? PodmanProfile.Adapt(request, run.SeccompPath) : request;

    private static VolumeRequest Volume(SandboxRun run, string name, long bytes, int inodes, string mode)
    {
        var volume = new VolumeRequest
        {
            Name = name,
            Labels = run.Labels,
            DriverOpts = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["type"] = "tmpfs",
                ["device"] = "tmpfs",
                ["o"] = $"size={Text(bytes)},nr_inodes={Text(inodes)},mode={mode},nosuid,nodev,noexec",
            },
        };
        return run.IsPodman ? PodmanProfile.Adapt(volume) : volume;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
