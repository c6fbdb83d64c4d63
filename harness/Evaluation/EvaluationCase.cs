using Touchstone.Evaluators;

namespace Touchstone.Harness.Evaluation;

/// <summary>A reference and the prediction that belongs to it, found on disk.</summary>
/// <param name="Id">Name of the case's file or folder, without what a suffix adds.</param>
/// <param name="Reference">The truth.</param>
/// <param name="Prediction">What is judged; its file or folder may be missing.</param>
/// <param name="Missing">What was looked for in vain, in words; null when the prediction is there.</param>
internal sealed record EvaluationCase(string Id, MaskSource Reference, MaskSource Prediction, string? Missing = null);

/// <summary>The cases that two paths make.</summary>
/// <param name="Cases">One for each reference, in their order.</param>
/// <param name="Reading">How the paths were read, in words: the first line of the output.</param>
/// <param name="Unused">Files and folders of the prediction that belong to no reference, by name.</param>
internal sealed record EvaluationSet(IReadOnlyList<EvaluationCase> Cases, string Reading, IReadOnlyList<string> Unused)
{
    /// <summary>Images beside them whose format cannot be read, so that nobody looked at them.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Finds the cases that two paths make.</summary>
    /// <param name="reference">The truth.</param>
    /// <param name="prediction">What is judged.</param>
    /// <param name="labels">What the numbers of label volumes mean; null when nobody said it.</param>
    /// <exception cref="Commands.WrongUseException">They make none.</exception>
    public static EvaluationSet Find(string reference, string prediction, LabelChoice? labels)
    {
        var (truth, judged) = (SegmentationPath.Of(reference), SegmentationPath.Of(prediction));
        return new CaseFinder(truth, judged, labels).Find() with
        {
            Unread = [.. truth.FindUnread().Union(judged.FindUnread())],
        };
    }
}
