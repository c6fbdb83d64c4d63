using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Harness.Checks;

/// <summary>
/// A folder of one check's own, with a workspace in it that no organiser ever sees. It goes when the check ends, and
/// everything of it in the engine goes with it; what a killed check left, the next one takes away.
/// </summary>
internal sealed class CheckFolder : IAsyncDisposable
{
    private const string Prefix = "touchstone-check-";
    private const string LockName = "check.lock";

    private readonly DockerEngine _engine;
    private readonly FileStream _lock;
    private readonly string _root;

    private CheckFolder(DockerEngine engine, string root, FileStream hold)
    {
        (_engine, _root, _lock) = (engine, root, hold);
        Workspace = OpenWorkspace(root);
    }

    /// <summary>Where the cases run.</summary>
    public Workspace Workspace { get; }

    /// <summary>Folder for cases that are made.</summary>
    public string CasesPath => Path.Combine(_root, "cases");

    /// <summary>Name of an image that the check brings into the engine and takes out again.</summary>
    public string ImageName => ImageNameOf(Workspace);

    /// <summary>Makes a folder below the system's temporary one.</summary>
    /// <param name="engine">The engine; the caller disposes it after the folder.</param>
    /// <param name="stop">Stops taking away what others left.</param>
    public static async Task<CheckFolder> MakeAsync(DockerEngine engine, CancellationToken stop)
    {
        await RemoveLeftoversAsync(engine, stop);
        var root = Directory.CreateTempSubdirectory(Prefix).FullName;
        return new CheckFolder(engine, root, Hold(root, FileMode.CreateNew));
    }

    /// <summary>Takes everything away, also after Ctrl-C.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await RemoveFromEngineAsync(_engine, Workspace, limit.Token);
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            // The folder stays, and with it the next check's duty.
        }
        finally
        {
            await _lock.DisposeAsync();
        }
    }

    private static async Task RemoveLeftoversAsync(DockerEngine engine, CancellationToken stop)
    {
        foreach (var root in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                using var hold = Hold(root, FileMode.Open); // fails while its check lives
                await RemoveFromEngineAsync(engine, OpenWorkspace(root), stop);
                Directory.Delete(root, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // In use, or somebody else's.
            }
        }
    }

    private static async Task RemoveFromEngineAsync(DockerEngine engine, Workspace workspace, CancellationToken token)
    {
        await CaseSandbox.RemoveLeftoversAsync(engine, workspace.Id, token);
        await engine.RemoveImageAsync(ImageNameOf(workspace), token);
    }

    /// <summary>The kernel's lock: it ends with the process, however that ends.</summary>
    private static FileStream Hold(string root, FileMode mode) =>
        new(Path.Combine(root, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static Workspace OpenWorkspace(string root) => Workspace.Open(Path.Combine(root, "workspace"));

    private static string ImageNameOf(Workspace workspace) => $"touchstone/check:{workspace.Id}";
}
