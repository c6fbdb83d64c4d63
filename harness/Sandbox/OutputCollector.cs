using System.Security.Cryptography;
using Touchstone.Harness.Engine;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Takes predictions out of the engine's archive of an output folder. No path of a participant is ever opened here: an
/// archive is read forward, links and pipes are seen as what they are, and accepted content goes to names of our own.
/// </summary>
/// <param name="accepts">
/// For each case of the container: where a file belongs below its folder; null for one that is none of its.
/// </param>
/// <param name="folders">Where to put it, for each case.</param>
/// <param name="capBytes">Size of the output volume.</param>
/// <param name="capItems">Most files and folders of the output volume.</param>
internal sealed class OutputCollector(
    IReadOnlyList<Func<string, string?>> accepts, IReadOnlyList<string> folders, long capBytes, int capItems)
{
    private const int PageBytes = 4096;

    private readonly List<OutputFile>[] _files = [.. accepts.Select(_ => new List<OutputFile>())];
    private readonly HashSet<(int Owner, string Place)> _taken = [];
    private readonly List<string> _otherNames = [];
    private long _announcedBytes;
    private long _pages;
    private int _items;
    private int _otherFiles;
    private string? _forbidden;

    private bool IsFull =>
        _announcedBytes > capBytes
        || _pages >= capBytes / PageBytes
        || _items >= capItems;

    /// <summary>Reads an archive until its end, or until it is clear that nothing of it can be accepted.</summary>
    /// <param name="archive">The tar stream.</param>
    /// <param name="token">Stops reading.</param>
    /// <returns>What each case has; what is forbidden or too much counts for all of them.</returns>
    /// <exception cref="EngineException">The engine breaks off.</exception>
    public async Task<IReadOnlyList<CollectedOutput>> CollectAsync(Stream archive, CancellationToken token)
    {
        try
        {
            var scanner = new TarScanner(archive);
            while (_forbidden is null && !IsFull && await scanner.NextAsync(token) is { } item)
            {
                await AddAsync(scanner, item, token);
            }
        }
        catch (InvalidDataException)
        {
            // The engine writes what it finds; only names and kinds that no prediction has make that unreadable.
            _forbidden ??= "something that cannot be listed";
        }
        catch (Exception fault) when (fault is HttpIOException or HttpRequestException)
        {
            throw new EngineException($"The engine broke off while the output was read: {fault.Message}", fault);
        }

        return [.. _files.Select(files => new CollectedOutput(files, _otherFiles, _forbidden, IsFull) { OtherNames = _otherNames })];
    }

    private async Task AddAsync(TarScanner scanner, TarItem item, CancellationToken token)
    {
        _items++;
        _announcedBytes += item.Length;
        _pages += (item.Length + PageBytes - 1) / PageBytes;
        if (item.Kind == TarItemKind.Folder)
        {
            return;
        }

        if (item.Kind != TarItemKind.File)
        {
            _forbidden = item.Kind switch
            {
                TarItemKind.SymbolicLink => "a symbolic link",
                TarItemKind.HardLink => "a hard link",
                TarItemKind.Special => "a device or a pipe",
                TarItemKind.File or TarItemKind.Folder => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "It is allowed."),
            };
            return;
        }

        // The archive of a folder names its entries by the folder's own name: 0/…
        var path = item.Name[(item.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var owner = Owner(path);
        if (!IsFull && owner >= 0 && accepts[owner](path) is { } place && _taken.Add((owner, place)))
        {
            await SaveAsync(scanner, owner, path, place, token);
        }
        else
        {
            _otherFiles++;
            if (_otherNames.Count < CollectedOutput.MostNames)
            {
                _otherNames.Add(OtherOutputs.Printable(path));
            }
        }
    }

    /// <summary>The case that a file is a prediction of; -1 for none.</summary>
    private int Owner(string path)
    {
        var owner = accepts.Count - 1;
        while (owner >= 0 && accepts[owner](path) is null)
        {
            owner--;
        }

        return owner;
    }

    private async Task SaveAsync(TarScanner scanner, int owner, string path, string place, CancellationToken token)
    {
        var target = Path.Combine(folders[owner], place);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[128 << 10];
        while (await scanner.ReadAsync(buffer, token) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), token);
        }

        _files[owner].Add(new OutputFile(path, file.Length, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
