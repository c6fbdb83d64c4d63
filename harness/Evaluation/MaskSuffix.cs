using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>
/// What the names of all masks of one side have at the end beside their structure (<c>liver.nii.gz</c>,
/// <c>liver_pred.nii.gz</c>). Nothing is taken off where a name is that of a structure as it is, such as <c>kidney_left</c>.
/// </summary>
/// <param name="OfReferences">The suffix of the references' masks; empty for none.</param>
/// <param name="OfPredictions">That of the predictions' masks.</param>
internal sealed record MaskSuffix(string OfReferences, string OfPredictions)
{
    /// <summary>The same in words, to follow others; empty for none.</summary>
    public string Words => (OfReferences + OfPredictions) is { Length: > 0 } suffix
        ? $"; \"{suffix}\" at the end of the {(OfReferences.Length > 0 ? "references" : "predictions")}' masks is ignored" : "";

    /// <summary>Looks at the names of both sides.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    public static MaskSuffix Of(SegmentationPath reference, SegmentationPath prediction)
    {
        var (truths, judged) = (NamesIn(reference), NamesIn(prediction));
        var pairs = CasePairs.Of(truths, judged);
        var longer = pairs.IsOnReferences ? truths : judged;
        return pairs.Suffix is not { } suffix || longer.Count < 2 || longer.Any(name => !name.EndsWith(suffix, StringComparison.Ordinal)
            || LabelMaps.HasStructure(name)) ? new MaskSuffix("", "")
            : pairs.IsOnReferences ? new MaskSuffix(suffix, "") : new MaskSuffix("", suffix);
    }

    private static List<string> NamesIn(SegmentationPath side) => side.Layout switch
    {
        PathLayout.Volumes => [.. side.Entries.Keys],
        PathLayout.CaseFolders => [.. side.Entries.Values.SelectMany(folder => SegmentationPath.VolumesIn(folder).Keys).Distinct()],
        PathLayout.File or PathLayout.Empty => [],
    };
}
