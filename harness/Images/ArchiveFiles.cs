using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Images;

/// <summary>
/// What a first reading of an image archive finds, by path: small texts kept, everything else inspected as if it were a
/// layer, because which files are layers may be said only at the archive's end.
/// </summary>
internal sealed class ArchiveFiles
{
    private const int MostFiles = 10_000;
    private const int MostNames = 500;
    private const int MostTextBytes = 4 << 20;
    private const int MostTextsBytes = 64 << 20;

    private readonly Dictionary<string, byte[]> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LayerInspection> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private long _textBytes;

    /// <summary>
    /// Whether a layer brings pipes or devices to places where they may be. Whether they end up there shows only when the
    /// engine has laid the layers over each other.
    /// </summary>
    public bool HasSpecialFiles => _layers.Values.Any(layer => layer.HasSpecialFiles);

    /// <summary>Opens an archive, decompressing it when its first bytes say so.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="budget">What reading it may cost.</param>
    public static Stream Open(string path, ReadingBudget budget)
    {
        RegularFile.Demand(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new BoundedGzip(file, budget) : file;
    }

    /// <summary>Reads an archive to its end.</summary>
    /// <param name="archive">The tar.</param>
    /// <param name="budget">What reading it may cost.</param>
    /// <param name="names">Takes the first few hundred paths, whatever is wrong with what lies there.</param>
    /// <param name="token">Stops reading.</param>
    /// <exception cref="InvalidDataException">It is damaged, or holds what no image archive holds.</exception>
    public static async Task<ArchiveFiles> ReadAsync(Stream archive, ReadingBudget budget, ICollection<string> names, CancellationToken token)
    {
        var files = new ArchiveFiles();
        await using var counted = new CountedStream(archive, budget);
        var scanner = new TarScanner(counted);
        for (var count = 0; await scanner.NextAsync(token) is { } item; count++)
        {
            if (count == MostFiles)
            {
                throw new InvalidDataException($"It holds more than {MostFiles} files.");
            }

            if (count < MostNames && Normalise(item.Name) is { Length: > 0 } name)
            {
                names.Add(name);
            }

            await files.AddAsync(scanner, item, budget, token);
        }

        return files;
    }

    /// <summary>A path in the archive without <c>./</c> in front.</summary>
    /// <exception cref="InvalidDataException">It is absolute or leads out.</exception>
    public static string Normalise(string path)
    {
        var parts = path.Split('/').Where(part => part != ".").ToArray();
        return path.StartsWith('/') || parts.Contains("..") || path.Contains('\0', StringComparison.Ordinal)
            ? throw new InvalidDataException("It holds a path that leads out of the archive.")
            : string.Join('/', parts);
    }

    /// <summary>Content of a small text file, or null.</summary>
    public byte[]? Text(string path) => _texts.GetValueOrDefault(Follow(path));

    /// <summary>What is known of a file as a layer, or null when there is no such file.</summary>
    public LayerInspection? Layer(string path) => _layers.GetValueOrDefault(Follow(path));

    /// <summary>Where a path leads: older engines write a repeated layer as a link to the first.</summary>
    public string Follow(string path)
    {
        path = Normalise(path);
        return _links.GetValueOrDefault(path, path);
    }

    private async Task AddAsync(TarScanner scanner, TarItem item, ReadingBudget budget, CancellationToken token)
    {
        var path = Normalise(item.Name);
        switch (item.Kind)
        {
            case TarItemKind.Folder:
                return;
            case TarItemKind.SymbolicLink:
                AddOnce(_links, path, Resolve(path, item.Target));
                return;
            case TarItemKind.File:
                break;
            default:
                throw new InvalidDataException("It holds a device, a pipe or a hard link.");
        }

        var start = new byte[Math.Min(item.Length, 8)];
        for (var at = 0; at < start.Length;)
        {
            at += await scanner.ReadAsync(start.AsMemory(at), token);
        }

        if ((start is [(byte)'{' or (byte)'[', ..] || path.EndsWith(".json", StringComparison.Ordinal)) && item.Length <= MostTextBytes)
        {
            var rest = await scanner.ReadAllAsync(MostTextBytes, token);
            _textBytes += item.Length;
            byte[] text = _textBytes <= MostTextsBytes
                ? [.. start, .. rest]
                : throw new InvalidDataException($"It holds more than {MostTextsBytes} bytes of text.");
            AddOnce(_texts, path, text);
            return;
        }

        await using var content = new ContentStream(scanner);
        AddOnce(_layers, path, await LayerInspection.ReadAsync(content, item.Length, start, budget, token));
    }

    private static void AddOnce<T>(Dictionary<string, T> map, string path, T value)
    {
        if (!map.TryAdd(path, value))
        {
            throw new InvalidDataException("It holds one path twice.");
        }
    }

    private static string Resolve(string link, string target)
    {
        List<string> parts = [.. link.Split('/')[..^1]];
        foreach (var part in target.StartsWith('/') ? ["..", "..", ".."] : target.Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                throw new InvalidDataException("It holds a link that leads out of the archive.");
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The present entry of a scanner as a stream.</summary>
    private sealed class ContentStream(TarScanner scanner) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            scanner.ReadAsync(buffer, cancellationToken);
    }
}
