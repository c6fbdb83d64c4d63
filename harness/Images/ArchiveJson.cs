using System.Text.Json.Serialization;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Images;

/// <summary>One image of an archive's <c>manifest.json</c>.</summary>
internal sealed record ArchiveManifest
{
    public required string Config { get; init; }

    public IReadOnlyList<string>? RepoTags { get; init; }

    public required IReadOnlyList<string> Layers { get; init; }
}

/// <summary>The parts of an image's configuration that are checked before it is loaded.</summary>
internal sealed record ImageConfiguration
{
    [JsonPropertyName("architecture")]
    public string Architecture { get; init; } = "";

    [JsonPropertyName("os")]
    public string Os { get; init; } = "";

    [JsonPropertyName("rootfs")]
    public RootFileSystem? RootFs { get; init; }

    [JsonPropertyName("config")]
    public ImageSettings? Config { get; init; }
}

/// <summary>Digests of the unpacked layers, lowest first.</summary>
internal sealed record RootFileSystem(
    [property: JsonPropertyName("diff_ids")] IReadOnlyList<string>? DiffIds,
    [property: JsonPropertyName("type")] string? Type = null);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(IReadOnlyList<ArchiveManifest>))]
[JsonSerializable(typeof(ImageConfiguration))]
internal sealed partial class ArchiveJsonContext : JsonSerializerContext;
