namespace Touchstone.Harness.Engine;

/// <summary>What answered: answer of <c>GET /version</c>.</summary>
public sealed record EngineVersion
{
    /// <summary>Version of the engine, such as <c>20.10.24</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Newest API that it speaks.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Oldest API that it speaks; absent from some engines.</summary>
    public string? MinAPIVersion { get; init; }

    /// <summary>Operating system in Go's spelling, as in image configurations: <c>linux</c>.</summary>
    public required string Os { get; init; }

    /// <summary>Processor in Go's spelling, as in image configurations: <c>amd64</c>, <c>arm64</c>.</summary>
    public required string Arch { get; init; }

    /// <summary>The parts of the engine; the first names the product.</summary>
    public IReadOnlyList<EngineComponent>? Components { get; init; }

    /// <summary>True for Podman, which speaks Docker's API with gaps that <c>Sandbox/README.md</c> lists.</summary>
    public bool IsPodman => Components is [{ Name: var name }, ..] && name.StartsWith("Podman", StringComparison.Ordinal);

    /// <summary>Product and version for people and result files, such as <c>Docker Engine 20.10.24</c>.</summary>
    public string Product => LogText.Line(
        Components is [{ Name: not "Engine" } first, ..] ? $"{first.Name} {Version}" : $"Docker Engine {Version}");
}

/// <summary>One part of an engine.</summary>
/// <param name="Name">Such as <c>Engine</c> or <c>Podman Engine</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record EngineComponent(string Name, string Version);

/// <summary>The machine that the engine runs on: the parts of <c>GET /info</c> that matter here.</summary>
public sealed record EngineInfo
{
    /// <summary>Logical cores.</summary>
    public int NCPU { get; init; }

    /// <summary>Memory in bytes.</summary>
    public long MemTotal { get; init; }

    /// <summary>Distribution, for people.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Kernel release.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary><c>cgroupfs</c> or <c>systemd</c>.</summary>
    public string CgroupDriver { get; init; } = "";

    /// <summary><c>1</c> or <c>2</c>.</summary>
    public string CgroupVersion { get; init; } = "1";

    /// <summary>Security features in use, such as <c>name=seccomp,profile=default</c> or <c>name=userns</c>.</summary>
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>Folder of the engine's images, on the machine that it runs on.</summary>
    public string DockerRootDir { get; init; } = "";

    /// <summary>True when the engine labels processes by SELinux, for which it must write to their <c>/proc</c>.</summary>
    public bool LabelsProcesses => SecurityOptions.Any(option => option.Split(',')[0] == "name=selinux");

    /// <summary>True when root in a container is nobody on the machine.</summary>
    public bool RemapsUsers => SecurityOptions.Any(option => option.Split(',')[0] == "name=userns");
}
