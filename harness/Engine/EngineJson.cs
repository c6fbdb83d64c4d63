using System.Text.Json.Serialization;

namespace Touchstone.Harness.Engine;

/// <summary>What a path of a container is.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Mode">Kind and permissions, in Go's numbers.</param>
/// <param name="Mtime">Last change, in the words of the kernel; the container can set it to anything.</param>
/// <param name="LinkTarget">Where a link leads in the container; empty otherwise, but on some engines.</param>
public sealed record PathStat(
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("mode")] uint Mode,
    [property: JsonPropertyName("mtime")] string Mtime,
    [property: JsonPropertyName("linkTarget")] string? LinkTarget = null)
{
    private const uint GoFolder = 1u << 31;
    private const uint GoLink = 1u << 27;
    private const uint GoKinds = GoFolder | GoLink | (1u << 26) | (1u << 25) | (1u << 24) | (1u << 21) | (1u << 19);

    /// <summary>A link.</summary>
    /// <param name="target">Where it points.</param>
    internal static PathStat Link(string target) => new(0, GoLink, "", target);

    /// <summary>What it is.</summary>
    public TarItemKind Kind => (Mode & GoKinds) switch
    {
        0 => TarItemKind.File,
        GoFolder => TarItemKind.Folder,
        GoLink => TarItemKind.SymbolicLink,
        _ => TarItemKind.Special,
    };
}

internal sealed record Created(string Id);

internal sealed record WaitAnswer(int StatusCode);

internal sealed record ErrorAnswer(
    [property: JsonPropertyName("message")] string? Message);

/// <summary>One line of the progress that load and pull report; a failure arrives here under status 200.</summary>
internal sealed record ProgressLine(
    [property: JsonPropertyName("stream")] string? Stream,
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("error")] string? Error);

internal sealed record VolumeList(IReadOnlyList<VolumeRequest>? Volumes);

/// <summary>Source-generated serialisers of the engine's API; its names are the records' own.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineVersion))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(ImageDetails))]
[JsonSerializable(typeof(IReadOnlyList<ImageListing>))]
[JsonSerializable(typeof(ContainerRequest))]
[JsonSerializable(typeof(ContainerDetails))]
[JsonSerializable(typeof(IReadOnlyList<ContainerListing>))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(VolumeRequest))]
[JsonSerializable(typeof(VolumeList))]
[JsonSerializable(typeof(PathStat))]
[JsonSerializable(typeof(Created))]
[JsonSerializable(typeof(WaitAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ProgressLine))]
internal sealed partial class EngineJsonContext : JsonSerializerContext;
