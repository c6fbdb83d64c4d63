using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Removes everything in the engine that carries a label: containers first, then the volumes that they used.
/// </summary>
internal static class Traces
{
    /// <summary>How long taking something away may last after a run.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Removes it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="label"><c>name=value</c>.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="EngineException">Something cannot be removed.</exception>
    public static async Task RemoveAsync(DockerEngine engine, string label, CancellationToken token)
    {
        var containers = await engine.ListContainersAsync(label, token);
        await Task.WhenAll(containers.Select(container => engine.RemoveContainerAsync(container.Id, token)));
        var volumes = await engine.ListVolumesAsync(label, token);
        await Task.WhenAll(volumes.Select(volume => engine.RemoveVolumeAsync(volume, token)));
    }

    /// <summary>
    /// Removes what it can after a run. What stays is removed by the next start, so a finished case is not lost over
    /// it.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <param name="label"><c>name=value</c>.</param>
    public static async Task TryRemoveAsync(DockerEngine engine, string label)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await RemoveAsync(engine, label, limit.Token);
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            // The label stays, and with it the next start's duty.
        }
    }
}
