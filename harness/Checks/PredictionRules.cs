using System.Globalization;
using Touchstone.Harness.Evaluation;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Checks;

/// <summary>Judges valid predictions: what they hold, and how good they are. Pure.</summary>
internal static class PredictionRules
{
    private const int MostNames = 6;

    /// <summary>Findings about geometry, labels and scores.</summary>
    /// <param name="facts">What was found out.</param>
    /// <param name="completed">Its completed cases, at least one.</param>
    public static IEnumerable<Finding> Judge(CheckFacts facts, IReadOnlyList<CheckedCase> completed) =>
    [
        Finding.Ok("geometry", $"{Counted.Of(completed.Count, "case")} with labels on the CT's own grid."),
        .. completed.Where(one => one.CtDoubt is not null).Select(one => Finding.Warn(
            "geometry", $"The CT's header is odd. {one.CtDoubt}", "Programs read it in different ways. The prediction was accepted.", one.Case)),
        .. Labels(facts.Rules, completed),
        .. MixUpWords.Of([.. completed.Select(one => (one.Case, one.MixUp))]).Select(remark => Finding.Warn(
            "labels",
            remark,
            "Compare the numbers, or the masks' names, with those that the table lists. Mirrored volumes exchange left and right too.")),
        .. Scores(completed),
    ];

    private static IEnumerable<Finding> Labels(CheckedRules rules, IReadOnlyList<CheckedCase> completed)
    {
        var found = completed.SelectMany(one => one.Structures).Where(one => one.PredictionVoxels > 0)
            .Select(one => one.Structure).ToHashSet(StringComparer.Ordinal);
        var unknown = completed.SelectMany(one => one.UnknownLabels).Select(one => one.Label).Distinct().Order().ToList();
        if (unknown.Count > 0)
        {
            yield return Finding.Fail(
                "labels",
                $"{(unknown.Count == 1 ? "Label" : "Labels")} {string.Join(", ", unknown)} of the predictions "
                + $"{(unknown.Count == 1 ? "means" : "mean")} nothing in {rules.Labels}.",
                "They are ignored, and the others probably stand for other structures than you mean. The table has the numbers.");
        }

        if (found.Count == 0)
        {
            yield return Finding.Fail(
                "labels",
                "Every prediction is empty.",
                $"Write the labels of {rules.Labels}, which the table lists; folder layout: one mask per structure under its name.");
            yield break;
        }

        var names = completed[0].Structures.Select(one => one.Structure).ToList();
        var missing = completed.SelectMany(one => one.Structures)
            .Where(one => one.ReferenceVoxels > 0 && !found.Contains(one.Structure))
            .Select(one => one.Structure).Distinct().ToList();
        if (missing.Count > 0)
        {
            yield return Finding.Warn(
                "labels",
                $"Found: {found.Count} of {Counted.Of(names.Count, "structure")}. In the CTs, and never found: {NameList.Of(missing, MostNames)}.",
                "Each counts with DSC 0. If you do predict them, look at the names or numbers.");
        }
        else if (unknown.Count == 0)
        {
            yield return Finding.Ok("labels", $"Found: {found.Count} of {Counted.Of(names.Count, "structure")}.");
        }
    }

    private static IEnumerable<Finding> Scores(IReadOnlyList<CheckedCase> completed)
    {
        var scored = completed.Where(one => one is { HasReference: true, MeanDsc: not null }).ToList();
        if (scored.Count == 0)
        {
            yield return Finding.Ok("scores", "Not scored: the case has no reference masks.");
            yield break;
        }

        var best = scored.Max(one => one.MeanDsc!.Value);
        var mean = scored.Average(one => one.MeanDsc!.Value);
        if (best == 0)
        {
            yield return Finding.Warn("scores", "The mean DSC is 0 on every case.", "No prediction overlaps its reference.");
            yield break;
        }

        yield return Finding.Ok(
            "scores", Words($"Mean DSC {mean:0.000} over {Counted.Of(scored.Count, "case")}. Samples say little about real patients."));
        foreach (var one in scored.Where(one => one.MeanDsc < FindingRules.CollapseShare * best))
        {
            yield return Finding.Warn(
                "scores",
                Words($"The mean DSC is {one.MeanDsc:0.000}, and {best:0.000} on the best case."),
                $"Is the file's affine respected? Its axes run {one.Axes}. Other spacings and contrast phases tell on scores too.",
                one.Case);
        }
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
