using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>
/// What an engine opens by itself in an image, and what the sandbox mounts over: files that it reads as root while it starts a
/// container must be ordinary, and folders must be folders that lead nowhere else. The engine itself is asked, in a container that
/// has not been started, so that layers lie over each other as they will.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="container">Id of the container.</param>
/// <param name="volumes">Paths that the image declares as volumes.</param>
/// <param name="links">Links in it by path, with where they point as written, that the engine may not tell of.</param>
internal sealed class OpenedPlaces(
    DockerEngine engine, string container, IReadOnlyList<string> volumes, IReadOnlyDictionary<string, string> links)
{
    private const int MostLinks = 40;

    /// <summary>Read by engines and by what they start (names of users and groups), or replaced by files of theirs.</summary>
    private static readonly string[] Files =
        ["/etc/passwd", "/etc/group", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/ld.so.conf"];

    private static readonly string[] KernelFolders = ["/proc", "/sys", "/dev"];

    private static readonly string[] ExchangeAndTemporary = ["/tmp", "/home/participant", "/workspace/inputs", "/workspace/outputs"];

    private static readonly string[] SandboxFolders = ["/workspace", .. ExchangeAndTemporary];

    /// <summary>Looks at all of them.</summary>
    /// <param name="token">Stops looking.</param>
    /// <exception cref="SubmissionException">One is not what it has to be.</exception>
    /// <exception cref="EngineException">The engine cannot say what one is.</exception>
    public async Task CheckAsync(CancellationToken token)
    {
        foreach (var path in KernelFolders)
        {
            if (await StatAsync(path, token) is { Kind: not TarItemKind.Folder })
            {
                throw ImageRules.Refused($"has something else than a folder at {path}, which the engine mounts over. Remove it");
            }
        }

        foreach (var path in SandboxFolders.Concat(volumes).Distinct(StringComparer.Ordinal))
        {
            var (place, stat) = await FollowAsync(path.TrimEnd('/'), token);
            if (stat is { Kind: not TarItemKind.Folder } || (place != path.TrimEnd('/') && IsTaken(place, path)))
            {
                throw ImageRules.Refused($"has no plain folder at {LogText.Line(path)}, which the sandbox mounts over. Remove it");
            }
        }

        foreach (var path in Files)
        {
            var (place, stat) = await FollowAsync(path, token);
            if (place != path && IsMountedOver(place))
            {
                throw ImageRules.Refused($"has a link at {path} that leads to {LogText.Line(place)}. Put a plain file there");
            }

            if (stat is not null)
            {
                await CheckFileAsync(path, place, stat, token);
            }
        }
    }

    /// <summary>Whether a folder behind a link is the kernel's, or one that the sandbox mounts over for something else.</summary>
    private static bool IsTaken(string place, string path) =>
        !ImageRules.MayBeMountedOver(place)
        || ExchangeAndTemporary.Any(folder => folder != path && (ImageRules.Covers(folder, place) || ImageRules.Covers(place, folder)));

    private bool IsMountedOver(string place) =>
        ImageRules.IsKernels(place)
        || ExchangeAndTemporary.Concat(volumes).Any(folder => ImageRules.Covers(folder, place));

    private async Task CheckFileAsync(string path, string place, PathStat stat, CancellationToken token)
    {
        if (stat.Kind != TarItemKind.File)
        {
            throw ImageRules.Refused($"has something else than a plain file at {path}, which the engine reads. Put one there or none");
        }

        if (await FaultOfAsync(path, place, stat, token) is { } words)
        {
            throw new SubmissionException(SubmissionFault.ImageConfigurationRefused, $"The image's {path} {words}");
        }
    }

    private async Task<string?> FaultOfAsync(string path, string place, PathStat stat, CancellationToken token)
    {
        try
        {
            if (stat.Size <= AccountText.MostBytes)
            {
                await using var archive = await engine.GetArchiveAsync(container, place, token);
                var scanner = new TarScanner(archive);
                return await scanner.NextAsync(token) is { Kind: TarItemKind.File }
                    ? AccountText.FaultOf(await scanner.ReadAllAsync(AccountText.MostBytes, token), isOfGroups: path == "/etc/group")
                    : "is no plain file.";
            }
        }
        catch (InvalidDataException)
        {
            // With names or attributes around it that no tar of an honest file has.
        }

        return $"has more than {AccountText.MostBytes >> 20} MiB.";
    }

    /// <summary>Where a path leads when every link in it is followed, and what is there; null for nothing.</summary>
    private async Task<(string Place, PathStat? Stat)> FollowAsync(string path, CancellationToken token)
    {
        var left = new Queue<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        var (place, followed) = ("", 0);
        PathStat? stat = null;
        while (left.TryDequeue(out var name))
        {
            if (name is "." or "..")
            {
                (place, stat) = name == "." ? (place, stat) : (place[..Math.Max(0, place.LastIndexOf('/'))], null);
                continue;
            }

            place = $"{place}/{name}";
            stat = await StatAsync(place, token);
            if (stat is { Kind: TarItemKind.SymbolicLink })
            {
                if (++followed > MostLinks || string.IsNullOrEmpty(stat.LinkTarget))
                {
                    throw ImageRules.Refused($"has links at {LogText.Line(path)} that lead nowhere. Remove them");
                }

                // What a link leads to may be a link again.
                left = new([.. stat.LinkTarget.Split('/', StringSplitOptions.RemoveEmptyEntries), .. left]);
                (place, stat) = (stat.LinkTarget[0] == '/' ? "" : place[..place.LastIndexOf('/')], null);
            }
            else if (stat is null || (left.Count > 0 && stat.Kind != TarItemKind.Folder))
            {
                return (string.Join('/', [place, .. left]), null);
            }
        }

        return (place.Length == 0 ? "/" : place, stat);
    }

    private async Task<PathStat?> StatAsync(string path, CancellationToken token) => links.TryGetValue(path, out var target)
        ? PathStat.Link(target)
        : await engine.StatPathAsync(container, path, token);
}
