using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>Waits for a container's end, and brings it about at the time limit: SIGTERM, a grace period, SIGKILL.</summary>
internal sealed class Deadline(DockerEngine engine, TimeProvider clock)
{
    private static readonly TimeSpan KillTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Waits.</summary>
    /// <param name="container">Its id.</param>
    /// <param name="limit">Time that it has.</param>
    /// <param name="grace">Time between the two signals.</param>
    /// <param name="token">Stops waiting; the container goes on.</param>
    /// <returns>True when it ended by itself within the limit.</returns>
    /// <exception cref="EngineException">It outlives SIGKILL, or the engine fails.</exception>
    public async Task<bool> WaitAsync(string container, TimeSpan limit, TimeSpan grace, CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var waiting = engine.WaitContainerAsync(container, stop.Token);
        if (await EndsWithinAsync(waiting, limit, token))
        {
            return true;
        }

        // The signal goes by its name: an image can choose another one for `docker stop`.
        await engine.SignalContainerAsync(container, "SIGTERM", token);
        if (!await EndsWithinAsync(waiting, grace, token))
        {
            await engine.KillContainerAsync(container, token);
            if (!await EndsWithinAsync(waiting, KillTimeout, token))
            {
                await stop.CancelAsync();
                throw new EngineException($"A container still runs {KillTimeout} after it was killed.");
            }
        }

        return false;
    }

    private async Task<bool> EndsWithinAsync(Task<int> waiting, TimeSpan time, CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var ended = await Task.WhenAny(waiting, Task.Delay(time, clock, stop.Token)) == waiting;
        await stop.CancelAsync();
        token.ThrowIfCancellationRequested();
        if (ended)
        {
            await waiting;
        }

        return ended;
    }
}
