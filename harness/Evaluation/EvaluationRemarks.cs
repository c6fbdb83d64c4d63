using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Evaluation;

/// <summary>
/// What a reader of the scores must know beside them: files and labels that were not used, and shapes that look right under wrong
/// names. One line for all cases each, and none when there is nothing to say.
/// </summary>
internal static class EvaluationRemarks
{
    /// <summary>All remarks, in a fixed order.</summary>
    /// <param name="set">How the paths were read.</param>
    /// <param name="cases">What came of each case.</param>
    /// <param name="labels">What the labels are called; null without.</param>
    public static IEnumerable<string> Of(EvaluationSet set, IReadOnlyList<EvaluatedCase> cases, string? labels) =>
    [
        .. Missing(cases),
        .. Unused(set),
        .. MaskFileRemarks.Of(cases, labels),
        .. Unnamed(cases, labels),
        .. NotAnnotated(cases),
        .. MixUpWords.Of([.. cases.Select(one => (one.Case.Id, one.MixUp))]),
    ];

    private static IEnumerable<string> Missing(IReadOnlyList<EvaluatedCase> cases)
    {
        var missing = cases.Where(one => one.Case.Missing is not null).Select(one => one.Case.Id).ToList();
        if (missing.Count > 0 && cases.Count > 1)
        {
            yield return Words($"No prediction for {missing.Count} of {cases.Count} references: {NameList.Of(missing)}.");
        }
    }

    private static IEnumerable<string> Unused(EvaluationSet set)
    {
        if (set.Unused.Count > 0)
        {
            yield return $"No reference for {Counted.Of(set.Unused.Count, "prediction")}, not used: {NameList.Of(set.Unused)}.";
        }

        if (set.Unread.Count > 0)
        {
            yield return $"Not read, because volumes end with {string.Join(", ", VolumeFile.Extensions)}: {NameList.Of(set.Unread)}.";
        }
    }

    private static IEnumerable<string> Unnamed(IReadOnlyList<EvaluatedCase> cases, string? labels)
    {
        var unnamed = Others(cases, label => label.Structure is null);
        if (unnamed.Count > 0)
        {
            var numbers = string.Join(", ", unnamed.Select(one => one.Key));
            yield return $"{(unnamed.Count == 1 ? $"Label {numbers} has" : $"Labels {numbers} have")} no name in {labels} and "
                + $"{(unnamed.Count == 1 ? "was" : "were")} not scored: {NameList.Of([.. unnamed.Select(one => PlacesOf(one, cases.Count))])}.";
        }
    }

    private static IEnumerable<string> NotAnnotated(IReadOnlyList<EvaluatedCase> cases)
    {
        var others = Others(cases, label => label.Structure is not null);
        if (others.Count > 0)
        {
            yield return $"Predicted where the reference has no mask of it, and not scored: "
                + $"{NameList.Of([.. others.Select(one => one.First().Label.Structure!)])}.";
        }
    }

    private static List<IGrouping<byte, (string Case, OtherLabel Label)>> Others(
        IReadOnlyList<EvaluatedCase> cases, Func<OtherLabel, bool> isWanted) =>
    [
        .. cases.SelectMany(one => one.Score?.OtherLabels ?? [], (one, label) => (Case: one.Case.Id, Label: label))
            .Where(one => isWanted(one.Label)).GroupBy(one => one.Label.Label).OrderBy(one => one.Key),
    ];

    private static string PlacesOf(IGrouping<byte, (string Case, OtherLabel Label)> label, int cases)
    {
        var (reference, prediction) = (label.Sum(one => one.Label.ReferenceVoxels), label.Sum(one => one.Label.PredictionVoxels));
        var sides = (reference, prediction) switch
        {
            (_, 0) => Words($"{reference} voxels of the reference"),
            (0, _) => Words($"{prediction} voxels of the prediction"),
            _ => Words($"{reference} voxels of the reference, {prediction} of the prediction"),
        };
        var places = label.Select(one => one.Case).ToList();
        return $"{label.Key} ({sides}{(places.Count == cases ? "" : $" in {NameList.Of(places, 3)}")})";
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
