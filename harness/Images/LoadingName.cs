using System.Security.Cryptography;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Images;

/// <summary>
/// The name of an image while it is loaded. An engine unpacks what it was sent although nobody waits for its answer any more, so an
/// image can come after its intake was stopped. By this name the next intake knows it: nobody holds its lock then.
/// </summary>
internal sealed class LoadingName : IDisposable
{
    private const string Repository = "touchstone/loading";

    private readonly FileStream _hold;

    /// <summary>A name that nobody else has.</summary>
    public LoadingName()
    {
        var tag = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Text = $"{Repository}:{tag}";
        _hold = new FileStream(LockOf(tag), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    /// <summary>The name, <c>repository:tag</c>.</summary>
    public string Text { get; }

    /// <summary>The same as an engine has it, which may put a registry before it; its id when it has not got the name.</summary>
    /// <param name="image">The image that was loaded.</param>
    public string On(ImageDetails image) =>
        image.RepoTags?.FirstOrDefault(name => name == Text || name.EndsWith($"/{Text}", StringComparison.Ordinal)) ?? image.Id;

    /// <summary>Takes away images that came when nobody waited for them any more.</summary>
    /// <param name="engine">Where they are.</param>
    /// <param name="report">Told of one that stays; null for nobody.</param>
    /// <param name="token">Stops it.</param>
    public static async Task RemoveAbandonedAsync(DockerEngine engine, Action<string>? report, CancellationToken token)
    {
        var names = (await engine.ListImagesAsync(token)).SelectMany(image => image.RepoTags ?? [])
            .Where(name => name.Split(':')[0] is Repository || name.Split(':')[0].EndsWith($"/{Repository}", StringComparison.Ordinal));
        foreach (var name in names.Where(name => !IsHeld(name.Split(':')[^1])))
        {
            try
            {
                await engine.RemoveImageAsync(name, token);
            }
            catch (EngineException fault)
            {
                report?.Invoke($"The image {name}, whose intake was broken off, cannot be removed and is left behind. {fault.Message}");
            }
        }
    }

    /// <summary>Lets the name go: an image that still has it is nobody's.</summary>
    public void Dispose() => _hold.Dispose();

    private static string LockOf(string tag) => Path.Combine(Path.GetTempPath(), $"touchstone-loading-{tag}.lock");

    /// <summary>The kernel's lock: it ends with the process, however that ends.</summary>
    private static bool IsHeld(string tag)
    {
        var path = LockOf(Path.GetFileName(tag));
        try
        {
            RegularFile.Demand(path);
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true; // in use, or another user's
        }
    }
}
