using Touchstone.Evaluators;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>Compares two runs of a case.</summary>
internal static class RunComparison
{
    /// <summary>Compares them: files first, then voxels, then structure by structure.</summary>
    /// <param name="one">The case.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="first">The first run, which completed.</param>
    /// <param name="predictions">Folder of what it left.</param>
    /// <param name="second">The second run.</param>
    /// <param name="repeated">Folder of what that left.</param>
    public static CheckedRepeat Of(
        SampleCase one, Challenge rules, CaseResult first, string predictions, CaseResult second, string repeated)
    {
        var sameness = OutputComparison.Of(first, predictions, second.Outputs, repeated);
        var (dsc, structure) = sameness == Sameness.Different && second.Ending == Ending.Completed
            ? Least(rules, first, predictions, repeated)
            : (null, null);
        return new CheckedRepeat(one.Case.Id, sameness, second.Ending, second.Timing.RunSeconds, dsc, structure);
    }

    private static (double? Dsc, string? Structure) Least(
        Challenge rules, CaseResult first, string predictions, string repeated)
    {
        var protocol = new Protocol { Name = rules.Protocol, ToleranceMm = rules.ToleranceMm };
        try
        {
            var score = CaseEvaluator.Score(Source(predictions), Source(repeated), rules.Structures, protocol);
            return score.Structures.Where(part => part.Dsc is not null).MinBy(part => part.Dsc) is { } least
                ? (least.Dsc, least.Structure)
                : (null, null);
        }
        catch (VolumeException)
        {
            return (null, null); // masks of the folder layout that one run left and the other did not
        }

        MaskSource Source(string folder) => first.Entry.Layout == "folder"
            ? new MaskSource.MaskFolder(Path.Combine(folder, first.Case.Pseudonym, "segmentations"))
            : new MaskSource.LabelFile(Path.Combine(folder, $"{first.Case.Pseudonym}.nii.gz"), ChallengeRules.LabelsOf(rules));
    }
}
