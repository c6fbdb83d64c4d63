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

    /// <summary>Most files and folders that the output may hold.</summary>
    public const int OutputInodes = 1024;

    /// <summary>Where the holder has the CT, writable for the engine alone.</summary>
    public const string HolderInputs = "/inputs";

    /// <summary>Where the holder has the masks, read-only.</summary>
    public const string HolderOutputs = "/outputs";

    private const int TemporaryInodes = 100_000;
    private const string Home = "/home/participant";
    private const string Inputs = "/workspace/inputs";
    private const string Outputs = "/workspace/outputs";

    /// <summary>The volume for the CT.</summary>
    /// <param name="run">The run.</param>
    public static VolumeRequest InputsVolume(SandboxRun run) =>
        Volume(run, run.InputsVolume, run.InputBytes, inodes: 16, mode: "0755");

    /// <summary>
    /// The volume for the masks: in memory, so that it vanishes with the run, and capped in size and files.
    /// </summary>
    /// <param name="run">The run.</param>
    public static VolumeRequest OutputsVolume(SandboxRun run) =>
        Volume(run, run.OutputsVolume, run.Limits.OutputBytes, OutputInodes, mode: "0777");

    /// <summary>The container that keeps both volumes mounted before, while and after the participant's runs.</summary>
    /// <param name="run">The run.</param>
    /// <param name="image">Id of the holder's image.</param>
    public static ContainerRequest Holder(SandboxRun run, string image) => ForEngine(run, new ContainerRequest
    {
        Image = image,
        Cmd = [HolderImage.ProgramPath],
        User = User,
        Labels = run.Labels,
        Healthcheck = NoHealthCheck,
        HostConfig = Locked(run) with
        {
            Memory = 16L << 20,
            MemorySwap = 16L << 20,
            PidsLimit = 64, // the program needs one, but the runtime that starts it counts its own threads here too
            LogConfig = new LogConfig("none", new Dictionary<string, string>()),
            Mounts =
            [
                new Mount("volume", run.InputsVolume, HolderInputs, ReadOnly: false),
                new Mount("volume", run.OutputsVolume, HolderOutputs, ReadOnly: true),
            ],
        },
    });

    /// <summary>The participant's container.</summary>
    /// <param name="run">The run.</param>
    public static ContainerRequest Case(SandboxRun run)
    {
        // Pages of the output belong to whoever wrote them: without the addition a large mask would be an out-of-memory.
        var memory = run.Limits.MemoryBytes + run.Limits.OutputBytes;
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
                NanoCpus = (long)Math.Round(run.Limits.Cpus * 1e9),
                PidsLimit = run.Limits.ProcessCount,
                ShmSize = run.Limits.SharedMemoryBytes,
                Ulimits = Ulimits(run.Limits),
                Tmpfs = TemporaryFileSystems(run),
                LogConfig = new LogConfig("json-file", new Dictionary<string, string> { ["max-size"] = "1m", ["max-file"] = "1" }),
                DeviceRequests = run.Submission.NeedsGpu ? [new DeviceRequest(1, [["gpu"]])] : null,
                Mounts =
                [
                    new Mount("volume", run.InputsVolume, Inputs, ReadOnly: true),
                    new Mount("volume", run.OutputsVolume, Outputs, ReadOnly: false),
                ],
            },
        });
    }

    /// <summary>Only where the engine remaps users: root inside is nobody outside, and has no capability either way.</summary>
    private static string Root => "0:0";

    private static string User => $"{Text(UserId)}:{Text(UserId)}";

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
        SecurityOpt = ["no-new-privileges"],
        OomScoreAdj = 500,
        RestartPolicy = new RestartPolicy("no"),
    };

    private static IReadOnlyList<Ulimit> Ulimits(SandboxLimits limits)
    {
        var largestFile = Math.Max(limits.OutputBytes, Math.Max(limits.TemporaryBytes, limits.SharedMemoryBytes));
        return [new("core", 0, 0), new("fsize", largestFile, largestFile), new("nofile", 16384, 16384)];
    }

    private static SortedDictionary<string, string> TemporaryFileSystems(SandboxRun run)
    {
        var size = $"rw,noexec,nosuid,nodev,size={Text(run.Limits.TemporaryBytes)},nr_inodes={Text(TemporaryInodes)}";
        SortedDictionary<string, string> mounts = new(StringComparer.Ordinal);
        foreach (var volume in run.ImageVolumes.Select(path => path.TrimEnd('/')).Except([Inputs, Outputs]))
        {
            mounts[volume] = $"{size},mode=1777";
        }

        mounts["/tmp"] = $"{size},mode=1777";
        mounts[Home] = $"{size},mode=1777";
        return mounts;
    }

    private static ContainerRequest ForEngine(SandboxRun run, ContainerRequest request) =>
        run.IsPodman ? PodmanProfile.Adapt(request) : request;

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
