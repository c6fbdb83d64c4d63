using System.Security.Cryptography;
using System.Text.Json;
using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>
/// An image archive that was read to its end and found acceptable. What the engine gets is not the archive but a
/// new one made from its checked parts: the configuration, the layers and a manifest that claims a name of ours alone.
/// </summary>
internal sealed class ImageArchive
{
    private readonly string _path;
    private readonly byte[] _config;
    private readonly IReadOnlyList<string> _layers;
    private readonly long _capBytes;

    private ImageArchive(string path, long capBytes, byte[] config, IReadOnlyList<string> layers)
    {
        (_path, _capBytes, _config, _layers) = (path, capBytes, config, layers);
        ConfigDigest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(config))}";
    }

    /// <summary>Digest of the image's configuration, which names its layers by digest: the image's identity.</summary>
    public string ConfigDigest { get; }

    /// <summary>What the image asks for.</summary>
    public required ImageRequests Requests { get; init; }

    /// <summary>See <see cref="ArchiveFiles.HasSpecialFiles"/>.</summary>
    public required bool HasSpecialFiles { get; init; }

    /// <summary>Size of its layers, unpacked.</summary>
    public required long UnpackedBytes { get; init; }

    /// <summary>Reads and checks an archive.</summary>
    /// <param name="path">The archive, plain or compressed with gzip.</param>
    /// <param name="capBytes">Most bytes that its layers may unpack to.</param>
    /// <param name="called">How messages name it.</param>
    /// <param name="token">Stops reading.</param>
    /// <exception cref="SubmissionException">It is no archive of exactly one image, or too large.</exception>
    public static async Task<ImageArchive> InspectAsync(
        string path, long capBytes, string called, CancellationToken token)
    {
        called = LogText.Line(called);
        if (ForeignFile.Explain(path) is { } kind)
        {
            throw new SubmissionException(SubmissionFault.ArchiveInvalid, $"\"{called}\" {kind}");
        }

        var budget = new ReadingBudget(capBytes);
        budget.DemandFile(new FileInfo(path).Length);

        List<string> names = [];
        ArchiveFiles? files = null;
        try
        {
            await using var archive = ArchiveFiles.Open(path, budget);
            files = await ArchiveFiles.ReadAsync(archive, budget, names, token);
            var manifest = ArchiveManifests.ReadOnly(files);
            var config = files.Text(manifest.Config)
                ?? throw new InvalidDataException("The image's configuration, which manifest.json names, is missing.");
            var configuration = ArchiveManifests.Configuration(config);
            CheckLayers(files, manifest.Layers, configuration.RootFs?.DiffIds ?? []);
            var bytes = manifest.Layers.Sum(layer => files.Layer(layer)!.Bytes); // an engine unpacks a layer as often as it is named
            if (bytes > capBytes)
            {
                throw ImageIntake.TooLarge(capBytes);
            }

            return new ImageArchive(path, capBytes, config, [.. manifest.Layers.Select(files.Follow)])
            {
                Requests = ImageRequests.Of(configuration),
                HasSpecialFiles = files.HasSpecialFiles,
                UnpackedBytes = bytes,
            };
        }
        catch (InvalidDataException fault)
        {
            var other = names.Contains("manifest.json") ? null : ForeignArchive.Explain(names, files);
            throw new SubmissionException(
                SubmissionFault.ArchiveInvalid,
                LogText.Clean(other is not null
                    ? $"\"{called}\" {other}"
                    : $"\"{called}\" is not an archive as \"docker save -o FILE IMAGE\" writes it. {fault.Message}"),
                fault);
        }
    }

    /// <summary>Writes what the engine may load: only checked parts, under names of ours.</summary>
    /// <param name="name">What the image is called, <c>repository:tag</c>.</param>
    /// <param name="target">Where to.</param>
    /// <param name="token">Stops writing.</param>
    public async Task WriteSanitisedAsync(string name, Stream target, CancellationToken token)
    {
        var numbers = _layers.Distinct().Index().ToDictionary(item => item.Item, item => $"layer-{item.Index:000}.tar");
        await using (var archive = ArchiveFiles.Open(_path, new ReadingBudget(_capBytes) { IsPaced = false }))
        {
            var scanner = new TarScanner(archive);
            while (await scanner.NextAsync(token) is { } item)
            {
                if (item.Kind == TarItemKind.File && numbers.TryGetValue(ArchiveFiles.Normalise(item.Name), out var layer))
                {
                    await CopyAsync(scanner, item.Length, layer, target, token);
                }
            }
        }

        ArchiveManifest manifest = new() { Config = "config.json", RepoTags = [name], Layers = [.. _layers.Select(path => numbers[path])] };
        await WriteAsync(target, "config.json", _config, token);
        await WriteAsync(
            target,
            "manifest.json",
            JsonSerializer.SerializeToUtf8Bytes([manifest], ArchiveJsonContext.Default.IReadOnlyListArchiveManifest),
            token);
        await target.WriteAsync(new byte[1024], token);
    }

    private static void CheckLayers(ArchiveFiles files, IReadOnlyList<string> layers, IReadOnlyList<string> diffIds)
    {
        if (layers.Count != diffIds.Count || layers.Count == 0)
        {
            throw new InvalidDataException(
                $"Its manifest.json names {layers.Count} of its layers, and its configuration {diffIds.Count}.");
        }

        foreach (var (index, path) in layers.Index())
        {
            var layer = files.Layer(path) ?? throw new InvalidDataException($"Layer {index + 1} of {layers.Count} is missing.");
            if (layer.Fault is not null)
            {
                throw new InvalidDataException($"Layer {index + 1} of {layers.Count} cannot be accepted: {layer.Fault}");
            }

            if (layer.DiffId != diffIds[index])
            {
                throw new InvalidDataException($"Layer {index + 1} of {layers.Count} is not the one that the configuration names.");
            }
        }
    }

    private static async Task CopyAsync(TarScanner scanner, long length, string name, Stream target, CancellationToken token)
    {
        await target.WriteAsync(TarHeader.Write(name, length, 0x1a4), token);
        var buffer = new byte[256 << 10];
        while (await scanner.ReadAsync(buffer, token) is > 0 and var read)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), token);
        }

        await target.WriteAsync(TarHeader.Padding(length), token);
    }

    private static async Task WriteAsync(Stream target, string name, byte[] content, CancellationToken token)
    {
        await target.WriteAsync(TarHeader.Write(name, content.Length, 0x1a4), token);
        await target.WriteAsync(content, token);
        await target.WriteAsync(TarHeader.Padding(content.Length), token);
    }
}
