using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Sandbox;

/// <content>What is wrong with the scripts of an entry that failed.</content>
public sealed partial class CaseSandbox
{
    private const int MostFaults = 3;

    /// <summary>
    /// Adds to a failure what is wrong with the image's scripts. It comes from the image alone, so it may stand in words that are
    /// shown in every phase.
    /// </summary>
    private async Task<SandboxOutcome> ExplainAsync(SandboxJob job, SandboxOutcome outcome, CancellationToken token)
    {
        if (outcome.Ending is not (Ending.Crashed or Ending.OutputMissing))
        {
            return outcome;
        }

        var faults = await _scripts.FaultsAsync(job.Submission, token);
        return faults.Count == 0 ? outcome : outcome with { Detail = $"{outcome.Detail} {string.Join(' ', faults.Take(MostFaults))}" };
    }
}
