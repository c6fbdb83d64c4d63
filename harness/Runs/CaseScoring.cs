using Touchstone.Evaluators;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>Scores what a container left for a case.</summary>
internal static class CaseScoring
{
    /// <summary>Scores a case, or lists what there was to find when nothing valid came out.</summary>
    /// <param name="planned">The case.</param>
    /// <param name="job">Where its prediction lies.</param>
    /// <param name="index">Its place in the job.</param>
    /// <param name="outcome">How its container ended.</param>
    /// <returns>The verdict, which an invalid prediction changes, and the scores.</returns>
    /// <exception cref="DatasetFaultException">A reference mask is at fault.</exception>
    public static (Verdict Verdict, CaseScore Score) Score(
        PlannedCase planned, SandboxJob job, int index, SandboxOutcome outcome)
    {
        var verdict = new Verdict(outcome.Ending, outcome.Detail, outcome.Remark);
        var (_, challenge, item) = planned;
        var reference = new MaskSource.MaskFolder(item.SegmentationsPath);
        try
        {
            if (outcome.Ending == Ending.Completed)
            {
                try
                {
                    var protocol = new Protocol { Name = challenge.Protocol, ToleranceMm = challenge.ToleranceMm };
                    return (verdict, CaseEvaluator.Score(reference, PredictionOf(job, index, challenge), challenge.Structures, protocol));
                }
                catch (VolumeException fault) when (!IsReference(fault))
                {
                    verdict = EndingRules.Judge(fault, outcome.WasOutOfMemory, job.Limits);
                }
            }

            return (verdict, CaseEvaluator.Inventory(reference, challenge.Structures));
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.SegmentationsPath, fault);
        }
    }

    private static bool IsReference(VolumeException fault) => fault.Data["side"] is "reference";

    private static MaskSource PredictionOf(SandboxJob job, int index, Challenge challenge)
    {
        var (_, pseudonym, predictions) = job.Cases[index];
        return StoredPrediction.Source(predictions, pseudonym, job.Submission.Layout, challenge);
    }
}
