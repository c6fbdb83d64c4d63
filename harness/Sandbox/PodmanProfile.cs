using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// The profile as Podman takes it: what its Docker API refuses is left out, and what that means stands in README.md. Pure.
/// </summary>
internal static class PodmanProfile
{
    // A volume's own options do not reach its mount in the container.
    private const string Inert = "noexec,nosuid,nodev,nocopy";

    /// <summary>A volume whose size is not limited by itself: its pages count against the container's memory.</summary>
    public static VolumeRequest Adapt(VolumeRequest volume) => volume with
    {
        DriverOpts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["type"] = "tmpfs",
            ["device"] = "tmpfs",
            ["o"] = Without(volume.DriverOpts!["o"], "size=", "nr_inodes="),
        },
    };

    /// <summary>A container without name servers of its own (there is no network), and with limits said explicitly.</summary>
    /// <param name="container">The container.</param>
    /// <param name="seccompPath">A file of the machine with the seccomp profile; null for Podman's own.</param>
    public static ContainerRequest Adapt(ContainerRequest container, string? seccompPath)
    {
        var host = container.HostConfig;
        return container with
        {
            // An empty entry point leaves the image's own in force here, so the command takes its place.
            Entrypoint = [container.Cmd![0]],
            Cmd = [.. container.Cmd.Skip(1)],
            HostConfig = host with
            {
                Mounts = null,
                Binds = [.. (host.Mounts ?? []).Select(mount => $"{mount.Source}:{mount.Target}:{(mount.ReadOnly ? "ro" : "rw")},{Inert}")],
                SecurityOpt =
                [
                    .. (host.SecurityOpt ?? []).Where(option => option != SeccompProfile.Option),
                    .. seccompPath is null ? (string[])[] : [$"seccomp={seccompPath}"],
                    $"mask={string.Join(':', (host.MaskedPaths ?? []).Where(path => !path.Contains(':', StringComparison.Ordinal)))}",
                ],
                MaskedPaths = null,
                ReadonlyPaths = null,
                Dns = null,
                DnsSearch = null,
                Tmpfs = host.Tmpfs?.ToDictionary(mount => mount.Key, mount => Without(mount.Value, "nr_inodes=")),
                Ulimits = host.Ulimits is null ? [new("nofile", 16384, 16384), Processes] : [.. host.Ulimits, Processes],
            },
        };
    }

    /// <summary>Podman's own default is above what a machine without all rights may set.</summary>
    private static Ulimit Processes => new("nproc", 16384, 16384);

    private static string Without(string options, params string[] prefixes) => string.Join(',', options.Split(',')
        .Where(option => !prefixes.Any(prefix => option.StartsWith(prefix, StringComparison.Ordinal))));
}
