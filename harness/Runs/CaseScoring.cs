using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
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
        var (_, challenge, item) = planned;
        return Score(
            item,
            challenge.Structures,
            new Protocol { Name = challenge.Protocol, ToleranceMm = challenge.ToleranceMm },
            new Verdict(outcome.Ending, outcome.Detail, outcome.Remark),
            () => PredictionOf(job, index, challenge),
            fault => EndingRules.Judge(fault, outcome.WasOutOfMemory, job.Limits));
    }

    /// <summary>Scores a case, or lists what there was to find when nothing valid came out.</summary>
    /// <param name="item">The case.</param>
    /// <param name="structures">Canonical names of the structures that count.</param>
    /// <param name="protocol">Which definition of the metrics.</param>
    /// <param name="verdict">How the container ended; only a completed one is scored.</param>
    /// <param name="prediction">Where the masks are.</param>
    /// <param name="judge">What an invalid prediction makes of the verdict.</param>
    /// <returns>The verdict and the scores.</returns>
    /// <exception cref="DatasetFaultException">A reference mask is at fault.</exception>
    public static (Verdict Verdict, CaseScore Score) Score(
        DatasetCase item,
        IReadOnlyList<string> structures,
        Protocol protocol,
        Verdict verdict,
        Func<MaskSource> prediction,
        Func<VolumeException, Verdict> judge)
    {
        var reference = ReferenceOf(item);
        try
        {
            if (verdict.Ending == Ending.Completed)
            {
                try
                {
                    return (verdict, CaseEvaluator.Score(reference, prediction(), structures, protocol));
                }
                catch (CaseException fault) when (fault.Side == CaseSide.Prediction)
                {
                    verdict = judge(fault);
                }
            }

            return (verdict, CaseEvaluator.Inventory(reference, structures));
        }
        catch (CaseException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.SegmentationsPath, fault);
        }
    }

    /// <summary>The reference masks of a case, held to a place in the world only where its CT has one.</summary>
    /// <param name="item">The case.</param>
    /// <exception cref="DatasetFaultException">What the numbers of a label volume mean is not to be had.</exception>
    public static MaskSource ReferenceOf(DatasetCase item)
    {
        var reference = ReadReference(item);
        try
        {
            return reference with { CtHasPlace = VolumeFile.ReadGeometry(item.CtPath).HasPlace };
        }
        catch (VolumeException)
        {
            return reference; // whoever needs the CT itself says what is wrong with it
        }
    }

    private static MaskSource ReadReference(DatasetCase item)
    {
        try
        {
            return item.ReadReference();
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.SegmentationsPath, fault);
        }
    }

    /// <summary>Makes sure that a case can be scored, before hours are spent on it.</summary>
    /// <param name="item">The case.</param>
    /// <param name="structures">Canonical names of the structures that count.</param>
    /// <exception cref="DatasetFaultException">A reference mask is at fault.</exception>
    public static void CheckReference(DatasetCase item, IReadOnlyList<string> structures)
    {
        try
        {
            CaseEvaluator.Inventory(ReferenceOf(item), structures);
        }
        catch (CaseException fault)
        {
            throw new DatasetFaultException(item.Dataset, item.Id, item.SegmentationsPath, fault);
        }
    }

    private static MaskSource PredictionOf(SandboxJob job, int index, Challenge challenge)
    {
        var (_, pseudonym, predictions) = job.Cases[index];
        return StoredPrediction.Source(predictions, pseudonym, job.Submission.Layout, challenge);
    }
}
