using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Removes everything in the engine that carries a label: containers first, then the volumes that they used.
/// </summary>
internal static class Traces
{
    /// <summary>How long taking something away may last after a run.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Removes it within <see cref="Limit"/>. What cannot be removed, such as a container in which the engine itself waits for
    /// ever, is left behind: it stops nothing.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <param name="label"><c>name=value</c>.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>What is left behind, a sentence each, for operators; empty for nothing.</returns>
    /// <exception cref="EngineException">The engine does not say what there is.</exception>
    public static async Task<IReadOnlyList<string>> RemoveAsync(DockerEngine engine, string label, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        var containers = await engine.ListContainersAsync(label, token);
        var left = await Task.WhenAll(containers.Select(container =>
            TryAsync($"container {container.Id[..12]}", engine.RemoveContainerAsync(container.Id, limit.Token), token)));
        var volumes = await engine.ListVolumesAsync(label, token);
        var full = await Task.WhenAll(volumes.Select(volume =>
            TryAsync($"volume {volume}", engine.RemoveVolumeAsync(volume, limit.Token), token)));
        return [.. left.Concat(full).OfType<string>()];
    }

    private static async Task<string?> TryAsync(string what, Task removal, CancellationToken token)
    {
        try
        {
            await removal;
            return null;
        }
        catch (EngineException fault)
        {
            return $"The {what} of an earlier run cannot be removed and is left behind. {fault.Message}";
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return $"The {what} of an earlier run cannot be removed within {Limit.TotalSeconds:0} s and is left behind. "
                + "Restarting the engine helps.";
        }
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
            _ = await RemoveAsync(engine, label, limit.Token);
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            // The label stays, and with it the next start's duty.
        }
    }
}
