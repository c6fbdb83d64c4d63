using Touchstone.Evaluators;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>The masks in a folder of accepted output files, which runs leave and a workspace keeps.</summary>
internal static class StoredPrediction
{
    /// <summary>Where the masks of a case are.</summary>
    /// <param name="folder">The folder <c>prediction</c> of the case.</param>
    /// <param name="pseudonym">The name under which the container saw the case.</param>
    /// <param name="layout">How the submission writes its output.</param>
    /// <param name="challenge">The rules, for the numbers of labels.</param>
    public static MaskSource Source(string folder, string pseudonym, SubmissionLayout layout, Challenge challenge)
    {
        if (layout == SubmissionLayout.Folder)
        {
            return new MaskSource.MaskFolder(Path.Combine(folder, pseudonym, "segmentations"));
        }

        return new MaskSource.LabelFile(Path.Combine(folder, $"{pseudonym}.nii.gz"), ChallengeRules.LabelsOf(challenge));
    }
}
