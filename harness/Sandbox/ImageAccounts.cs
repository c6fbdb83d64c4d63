using System.Collections.Concurrent;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Looks at the files of users and groups of an image as the engine will read them, in a container that has not been started.
/// Looks once for each image.
/// </summary>
/// <param name="engine">Where the image is.</param>
internal sealed class ImageAccounts(DockerEngine engine)
{
    private static readonly string[] Paths = ["/etc/passwd", "/etc/group"];

    private readonly ConcurrentDictionary<string, string?> _known = new(StringComparer.Ordinal);

    /// <summary>Why no container of an image may start, in words that name nothing but the image; null for no reason.</summary>
    /// <param name="image">Id of the image.</param>
    /// <param name="container">Id of a container of it that has not been started.</param>
    /// <param name="token">Stops looking.</param>
    /// <exception cref="EngineException">The engine fails, whatever it is asked for.</exception>
    public async Task<string?> FaultAsync(string image, string container, CancellationToken token)
    {
        if (_known.TryGetValue(image, out var known))
        {
            return known;
        }

        string? fault = null;
        foreach (var path in Paths)
        {
            fault ??= await FaultOfAsync(container, path, token) is { } words ? $"The image's {path} {words}" : null;
        }

        return _known[image] = fault;
    }

    private async Task<string?> FaultOfAsync(string container, string path, CancellationToken token)
    {
        try
        {
            return await LookAsync(container, path, token);
        }
        catch (EngineException fault) when (fault.Status is not null)
        {
            // Links without an end and impossible dates fail so, and an engine that is ill; the second tells of no other path either.
            await engine.StatPathAsync(container, "/", token);
            return "cannot be read by the engine.";
        }
    }

    private async Task<string?> LookAsync(string container, string path, CancellationToken token)
    {
        if (await engine.StatPathAsync(container, path, token) is not { } stat)
        {
            return null;
        }

        var place = stat.LinkTarget is { Length: > 0 } target ? target : path;
        if (place != path && await engine.StatPathAsync(container, place, token) is null)
        {
            return null; // a link to nothing
        }

        await using var archive = await engine.GetArchiveAsync(container, place, token);
        var scanner = new TarScanner(archive);
        if (await scanner.NextAsync(token) is not { Kind: TarItemKind.File } item)
        {
            return "is no regular file.";
        }

        var content = new byte[Math.Min(item.Length, AccountText.MostBytes + 1)];
        for (var at = 0; at < content.Length;)
        {
            at += await scanner.ReadAsync(content.AsMemory(at), token);
        }

        return AccountText.FaultOf(content, isOfGroups: path == "/etc/group");
    }
}
