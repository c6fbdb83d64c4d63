using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>A case that is ready to start: CT in its volume, container made.</summary>
internal sealed record CaseStage
{
    /// <summary>Id of the participant's container.</summary>
    public required string Container { get; init; }

    /// <summary>Names the run; a part of its labels.</summary>
    public required SandboxRun Run { get; init; }

    /// <summary>The case's volumes.</summary>
    public required VolumeSlot Slot { get; init; }

    /// <summary>Where the volumes come from and go back to.</summary>
    public required VolumePool Pool { get; init; }

    /// <summary>Counts what the container uses; null where the kernel's counters cannot be read.</summary>
    public required CgroupMeter? Meter { get; init; }

    /// <summary>SHA-256 of each CT as it was handed over, hexadecimal, in the order of the job.</summary>
    public required IReadOnlyList<string> CtSha256 { get; init; }

    /// <summary>Why the image forbids to start the container; null when it may start.</summary>
    public string? Refusal { get; init; }

    /// <summary>How long all that took.</summary>
    public required TimeSpan Create { get; init; }

    /// <summary>
    /// Takes the container away. What cannot be removed carries the workspace's label and goes at the next start.
    /// </summary>
    /// <param name="engine">The engine.</param>
    public async Task RemoveAsync(DockerEngine engine)
    {
        using var limit = new CancellationTokenSource(Traces.Limit);
        try
        {
            await engine.RemoveContainerAsync(Container, limit.Token);
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            // The label stays, and with it the next start's duty.
        }

        Meter?.Remove();
        await Pool.ReleaseAsync();
    }
}
