using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Looks at the scripts that an entry is started by, in a container of its image that never runs: what is found is the image's
/// alone, no case's, and may be said in every phase. Looks once for each entry.
/// </summary>
/// <param name="engine">Where the image is.</param>
/// <param name="workspaceId">Whose the container is, should it be left behind.</param>
internal sealed class ImageScripts(DockerEngine engine, string workspaceId)
{
    private const int MostBytes = 64 << 10;
    private const int MostScripts = 8;

    private readonly ConcurrentDictionary<(string Image, string Command), IReadOnlyList<string>> _known = [];

    /// <summary>What is wrong with an entry's scripts, in words; empty for nothing.</summary>
    /// <param name="submission">The entry.</param>
    /// <param name="token">Stops looking.</param>
    /// <exception cref="EngineException">The engine fails.</exception>
    public async Task<IReadOnlyList<string>> FaultsAsync(Submission submission, CancellationToken token)
    {
        var key = (submission.Image.Value, string.Join('\n', submission.Command.Skip(1)));
        return _known.TryGetValue(key, out var known) ? known : _known[key] = await LookAsync(await CaseSandbox.FindImageAsync(engine, submission, token), key.Item2, token);
    }

    private async Task<IReadOnlyList<string>> LookAsync(ImageDetails image, string command, CancellationToken token)
    {
        string container;
        try
        {
            container = await CreateAsync(image, token);
        }
        catch (EngineException fault) when (fault.Status is not null)
        {
            return []; // without the sandbox's mounts an image can be impossible that runs within; no words are better than no result
        }

        try
        {
            return await LookAsync(path => ReadAsync(container, path, token), command);
        }
        finally
        {
            await engine.RemoveContainerAsync(container, CancellationToken.None);
        }
    }

    /// <summary>
    /// A container with an empty place over every folder that the image declares a volume: an engine copies those otherwise,
    /// one within the other as often as they are declared, for minutes.
    /// </summary>
    private Task<string> CreateAsync(ImageDetails image, CancellationToken token) => engine.CreateContainerAsync(
            new ContainerRequest
            {
                Image = image.Id,
                Cmd = ["none"],
                Labels = new Dictionary<string, string> { [SandboxProfile.WorkspaceLabel] = workspaceId },
                HostConfig = new HostConfig { NetworkMode = "none", Tmpfs = SandboxProfile.Covers(image.Config?.Volumes?.Keys ?? [], "size=64k") },
            },
            token);

    /// <summary>Goes from the command to its scripts, and from those to the ones that they start.</summary>
    private static async Task<IReadOnlyList<string>> LookAsync(Func<string, Task<byte[]?>> read, string command)
    {
        List<string> faults = [];
        HashSet<string> seen = [];
        var texts = new Queue<string>([command]);
        while (texts.TryDequeue(out var text))
        {
            foreach (var path in ScriptText.Started(text).Select(Absolute))
            {
                if (seen.Count < MostScripts && seen.Add(path) && await read(path) is { } script)
                {
                    faults.AddRange(ScriptText.FaultOf(path, script) is { } fault ? [fault] : (string[])[]);
                    texts.Enqueue(script.Contains((byte)0) ? "" : Encoding.UTF8.GetString(script)); // a program starts nothing that can be read
                }
            }
        }

        return faults;
    }

    private static string Absolute(string path) =>
        path.StartsWith('/') ? path : $"/workspace/{(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)}";

    /// <summary>The beginning of a file; null when there is no regular one.</summary>
    private async Task<byte[]?> ReadAsync(string container, string path, CancellationToken token)
    {
        try
        {
            await using var archive = await engine.GetArchiveAsync(container, path, token);
            var scanner = new TarScanner(archive);
            if (await scanner.NextAsync(token) is not { Kind: TarItemKind.File } item)
            {
                return null;
            }

            var start = new byte[Math.Min(item.Length, MostBytes)];
            for (var at = 0; at < start.Length;)
            {
                at += await scanner.ReadAsync(start.AsMemory(at), token);
            }

            return start;
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is EngineException refusal && IsNoPath(refusal.Status)))
        {
            return null; // no such file, or no path that a file could have
        }
    }

    /// <summary>How engines answer that there is no such file, or that no file could have such a name.</summary>
    private static bool IsNoPath(HttpStatusCode? status) =>
        status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError;
}
