using Touchstone.Evaluators;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>What a valid prediction holds.</summary>
/// <param name="Structures">Voxels by canonical name, of the structures that are in it.</param>
/// <param name="Unknown">Labels that the challenge's numbering does not know.</param>
internal sealed record PredictionContents(IReadOnlyDictionary<string, long> Structures, IReadOnlyList<UnknownLabel> Unknown)
{
    private static readonly LabelMap EveryLabel = LabelMaps.EveryLabel;

    /// <summary>Reads a prediction.</summary>
    /// <param name="folder">Folder of accepted predictions.</param>
    /// <param name="pseudonym">The name under which the container saw the case.</param>
    /// <param name="layout">The entry's layout.</param>
    /// <param name="challenge">The rules.</param>
    /// <exception cref="VolumeException">It is not valid after all.</exception>
    public static PredictionContents Read(string folder, string pseudonym, SubmissionLayout layout, Challenge challenge)
    {
        if (layout == SubmissionLayout.Folder)
        {
            var masks = new MaskSource.MaskFolder(Path.Combine(folder, pseudonym, "segmentations"));
            return new PredictionContents(Voxels(masks, challenge.Structures), []);
        }

        var numbering = Runs.ChallengeRules.LabelsOf(challenge);
        var labels = Voxels(
            new MaskSource.LabelFile(Path.Combine(folder, $"{pseudonym}.nii.gz"), EveryLabel), [.. EveryLabel.Structures.Values]);
        return new PredictionContents(
            challenge.Structures.ToDictionary(
                name => name, name => numbering.LabelOf(name) is { } label ? labels.GetValueOrDefault(EveryLabel.Structures[label]) : 0),
            [
                .. EveryLabel.Structures.Where(label => !numbering.Structures.ContainsKey(label.Key))
                    .Select(label => new UnknownLabel(label.Key, labels.GetValueOrDefault(label.Value)))
                    .Where(label => label.Voxels > 0),
            ]);
    }

    /// <summary>Scoring has read the masks already and found them valid, so their inventory costs a second reading only.</summary>
    private static Dictionary<string, long> Voxels(MaskSource source, IReadOnlyList<string> names) =>
        CaseEvaluator.Inventory(source, names).Structures.ToDictionary(one => one.Structure, one => one.ReferenceVoxels);
}
