using System.Security.Cryptography;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Asks whether the engine can still give a GPU, after a case that had one did not complete: a GPU that was lost looks like
/// a participant's crash from inside.
/// </summary>
internal static class GpuProbe
{
    // In no image. The engine fetches the GPU before it looks for the program, so nothing of the participant's ever runs.
    private const string NoProgram = "/touchstone-gpu-probe";
    private const int ProgramMissing = 127;

    /// <summary>Does nothing for a case that completed or had no GPU.</summary>
    /// <param name="engine">Where it ran.</param>
    /// <param name="workspaceId">Owner of the probe's container.</param>
    /// <param name="came">What came of the case, not written yet.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="EngineException">The GPU is gone: the result says nothing about the participant.</exception>
    public static async Task CheckAsync(
        DockerEngine engine, string workspaceId, CaseCame came, CancellationToken token)
    {
        if (came.HasFailed)
        {
            await CheckAsync(engine, workspaceId, came.Planned.Submission, came.Planned.Challenge.Limits, token);
        }
    }

    /// <summary>Checks the GPU of a container that failed; does nothing for one that had none.</summary>
    /// <param name="engine">Where it ran.</param>
    /// <param name="workspaceId">Owner of the probe's container.</param>
    /// <param name="submission">Whose container it was.</param>
    /// <param name="limits">What it might use.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="EngineException">The GPU is gone: the failure says nothing about the container.</exception>
    public static async Task CheckAsync(
        DockerEngine engine, string workspaceId, Submission submission, SandboxLimits limits, CancellationToken token)
    {
        if (!submission.NeedsGpu)
        {
            return;
        }

        var image = await CaseSandbox.FindImageAsync(engine, submission, token);
        var runId = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var run = SandboxRun.Of(runId, workspaceId, submission, limits, image, inputBytes: 0);
        var request = SandboxProfile.Case(run);
        request = request with { Cmd = [NoProgram], HostConfig = request.HostConfig with { Mounts = null, NanoCpus = null } };
        var container = await engine.CreateContainerAsync(request, token);
        try
        {
            // An image of which no container may be started tells nothing about the GPU.
            if (await new ImageAccounts(engine).FaultAsync(submission.Image.Value, container, token) is null)
            {
                await StartAsync(engine, container, token);
            }
        }
        finally
        {
            await Traces.TryRemoveAsync(engine, $"{SandboxProfile.RunLabel}={runId}");
        }
    }

    private static async Task StartAsync(DockerEngine engine, string container, CancellationToken token)
    {
        try
        {
            await engine.StartContainerAsync(container, token);
        }
        catch (EngineException fault)
        {
            if ((await engine.InspectContainerAsync(container, token)).State.ExitCode != ProgramMissing)
            {
                throw new EngineException($"The GPU is gone; a case that failed with it is not judged. {fault.Message}", fault);
            }
        }
    }
}
