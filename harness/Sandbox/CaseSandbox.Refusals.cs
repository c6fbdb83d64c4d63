using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Sandbox;

/// <content>Containers whose image forbids to start them.</content>
public sealed partial class CaseSandbox
{
    private const int CannotStart = 126; // what engines give where the image prevents a start

    /// <summary>What comes of the cases of a container that is not started; null when nothing keeps it from starting.</summary>
    private async Task<IReadOnlyList<SandboxOutcome>?> RefusedAsync(CaseStage stage, SandboxJob job, SandboxJob? next, CancellationToken token)
    {
        if (stage.Refusal is null)
        {
            return null;
        }

        await KeepLogAsync(stage.Container, job.LogPath, token);
        _ahead.Prepare(next, token);
        return [.. job.Cases.Select((_, i) => new SandboxOutcome
        {
            Ending = Ending.Crashed,
            Detail = $"Exited with code {CannotStart}: the container was not started. {stage.Refusal}",
            ExitCode = CannotStart,
            WasOutOfMemory = false,
            Outputs = [],
            StartedAt = _clock.GetUtcNow(),
            Run = TimeSpan.Zero,
            Create = stage.Create,
            CtSha256 = stage.CtSha256[i],
        })];
    }
}
