using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Images;

/// <summary>What an image asks for in its configuration, as an archive or as an engine tells it. Written by a participant.</summary>
/// <param name="Os">Operating system in Go's spelling.</param>
/// <param name="Architecture">Processor in Go's spelling.</param>
/// <param name="Layers">Digests of its unpacked layers, lowest first.</param>
/// <param name="Volumes">Paths that it declares as volumes.</param>
/// <param name="Environment">Variables, <c>NAME=value</c> each.</param>
/// <param name="Labels">Names of its labels, which its containers inherit.</param>
internal sealed record ImageRequests(
    string Os, string Architecture, IReadOnlyList<string> Layers, IReadOnlyList<string> Volumes, IReadOnlyList<string> Environment,
    IReadOnlyList<string> Labels)
{
    /// <summary>What the configuration in an archive says.</summary>
    /// <param name="image">The configuration.</param>
    public static ImageRequests Of(ImageConfiguration image) =>
        Of(image.Os, image.Architecture, image.RootFs?.DiffIds, image.Config);

    /// <summary>What an engine says of an image that it holds.</summary>
    /// <param name="image">Its words.</param>
    public static ImageRequests Of(ImageDetails image) => Of(image.Os, image.Architecture, image.RootFS?.Layers, image.Config);

    private static ImageRequests Of(string os, string architecture, IReadOnlyList<string>? layers, ImageSettings? settings) =>
        new(
            os, architecture, layers ?? [], [.. settings?.Volumes?.Keys ?? []], [.. settings?.Env?.Select(entry => entry ?? "") ?? []],
            [.. settings?.Labels?.Keys ?? []]);
}
