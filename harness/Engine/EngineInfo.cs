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

    /// <summary>Product and version for people and result files, such as <c>Docker Engine 20.10.24</c>.</summary>
    public string Product => Components is [{ Name: not "Engine" } first, ..] ? $"{first.Name} {Version}" : $"Docker Engine {Version}";
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
}
