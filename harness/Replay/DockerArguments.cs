using System.Globalization;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Replay;

/// <summary>
/// The engine's request as arguments of <c>docker create</c> and <c>docker run</c>. Pure. Labels and the control group are
/// left out: both belong to the harness, and no container sees them. So are covered and read-only paths: the client has no option
/// for them, and sends the engine's own list.
/// </summary>
internal static class DockerArguments
{
    /// <summary>Variables that are taken away from the image's environment.</summary>
    /// <param name="request">The request.</param>
    /// <remarks>
    /// The client takes a bare name from its own environment where it is set, so whoever calls it must unset these first.
    /// </remarks>
    public static IReadOnlyList<string> TakenVariables(ContainerRequest request) =>
        [.. (request.Env ?? []).Where(entry => !entry.Contains('=', StringComparison.Ordinal))];

    /// <summary>Options, image and command.</summary>
    /// <param name="request">The request.</param>
    public static IReadOnlyList<string> For(ContainerRequest request) =>
    [
        .. Identity(request),
        .. Isolation(request.HostConfig),
        .. Limits(request.HostConfig),
        .. Files(request.HostConfig),
        request.Image,
        .. request.Cmd ?? [],
    ];

    private static IEnumerable<string> Identity(ContainerRequest request) =>
    [
        .. Option("--user", request.User),
        .. Option("--workdir", request.WorkingDir),
        .. Option("--hostname", request.Hostname),
        .. request.Entrypoint is { Count: 0 } ? (string[])["--entrypoint", ""] : [],
        .. request.Healthcheck is { Test: ["NONE"] } ? (string[])["--no-healthcheck"] : [],
        .. (request.Env ?? []).SelectMany(entry => Option("--env", entry)),
    ];

    private static IEnumerable<string> Isolation(HostConfig host) =>
    [
        .. Option("--network", host.NetworkMode),
        .. Option("--ipc", host.IpcMode),
        .. Option("--cgroupns", host.CgroupnsMode),
        .. (host.Dns ?? []).SelectMany(server => Option("--dns", server)),
        .. (host.DnsSearch ?? []).SelectMany(domain => Option("--dns-search", domain)),
        .. host.ReadonlyRootfs == true ? (string[])["--read-only"] : [],
        .. (host.CapDrop ?? []).SelectMany(capability => Option("--cap-drop", capability)),
        .. (host.SecurityOpt ?? []).SelectMany(option => Option("--security-opt", option)),
        .. Option("--restart", host.RestartPolicy?.Name),
        .. Option("--gpus", host.DeviceRequests is [{ } gpus] ? Gpus(gpus) : null),
        .. Option("--cpuset-cpus", host.CpusetCpus),
    ];

    private static IEnumerable<string> Limits(HostConfig host) =>
    [
        .. Option("--memory", Text(host.Memory)),
        .. Option("--memory-swap", Text(host.MemorySwap)),
        .. Option("--cpus", host.NanoCpus is { } cpus ? (cpus / 1e9m).ToString("0.#########", CultureInfo.InvariantCulture) : null),
        .. Option("--pids-limit", Text(host.PidsLimit)),
        .. Option("--shm-size", Text(host.ShmSize)),
        .. Option("--oom-score-adj", Text(host.OomScoreAdj)),
        .. (host.Ulimits ?? []).SelectMany(limit => Option("--ulimit", $"{limit.Name}={Text(limit.Soft)}:{Text(limit.Hard)}")),
    ];

    private static IEnumerable<string> Files(HostConfig host) =>
    [
        .. (host.Tmpfs ?? new Dictionary<string, string>()).SelectMany(mount => Option("--tmpfs", $"{mount.Key}:{mount.Value}")),
        .. (host.Mounts ?? []).SelectMany(mount => Option(
            "--mount",
            $"type={mount.Type},source={mount.Source},target={mount.Target}{(mount.ReadOnly ? ",readonly" : "")}{NoCopy(mount)}")),
        .. Option("--log-driver", host.LogConfig?.Type),
        .. (host.LogConfig?.Config ?? new Dictionary<string, string>()).SelectMany(
            option => Option("--log-opt", $"{option.Key}={option.Value}")),
    ];

    private static string NoCopy(Mount mount) => mount.VolumeOptions is { NoCopy: true } ? ",volume-nocopy" : "";

    private static string? Gpus(DeviceRequest request) =>
        request.DeviceIDs is { } ids ? $"device={string.Join(',', ids)}" : Text(request.Count);

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
