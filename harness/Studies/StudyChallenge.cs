using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Studies;

/// <summary>The challenge that shows a study when none is named.</summary>
internal static class StudyChallenge
{
    private const double DefaultToleranceMm = 1;

    /// <summary>Its id.</summary>
    /// <param name="dataset">What the study was done on.</param>
    public static string IdOf(Dataset dataset) => $"published-{dataset.Id}";

    /// <summary>The text of its file.</summary>
    /// <param name="study">The study.</param>
    /// <param name="dataset">What it was done on.</param>
    /// <param name="terms">How it computed its scores.</param>
    /// <exception cref="InvalidDataException">It has more structures than a numbering can have.</exception>
    public static string Text(PublishedStudy study, Dataset dataset, ImportTerms terms)
    {
        var description = $"Scores of published methods, imported case by case from {terms.Source}. "
            + "Nothing of it was run or scored here.";
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Made by `touchstone import`.
            title: {QuotedText.Of($"Published scores on {dataset.Title}")}
            description: {QuotedText.Of(description)}
            labels: {Labels(study.Structures)}
            structures: [{string.Join(", ", study.Structures)}]
            datasets: [{dataset.Id}]
            metrics:
              protocol: {ChallengeRules.AsPublished}
              tolerance-mm: {terms.ToleranceMm ?? DefaultToleranceMm}
            """) + "\n";
    }

    /// <summary>
    /// The smallest numbering that knows every structure; where none does, one of the study's own, in the order of its columns.
    /// That of TotalSegmentator 1 comes last, since studies were imported before it was known.
    /// </summary>
    private static string Labels(IReadOnlyList<string> structures) =>
        LabelMaps.All.OrderBy(map => (map == LabelMaps.TotalSegmentator1, map.Structures.Count))
            .FirstOrDefault(map => structures.All(map.Structures.Values.Contains)) is { } known ? known.Name
        : structures.Count <= byte.MaxValue
            ? $"{{ {string.Join(", ", structures.Index().Select(one => string.Create(CultureInfo.InvariantCulture, $"{QuotedText.Of(one.Item)}: {one.Index + 1}")))} }}"
        : throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"The study has {Counted.Of(structures.Count, "structure")}, a challenge at most {byte.MaxValue}: name a challenge with --challenge, where columns that it does not have are left out."));

    /// <summary>Structures that no numbering knows, each with what it may be misspelt for, in a line; null when all are known.</summary>
    /// <param name="structures">The structures of a study.</param>
    public static string? Remark(IEnumerable<string> structures)
    {
        string[] all = [.. LabelMaps.All.SelectMany(map => map.Structures.Values).Distinct()];
        string[] unknown = [.. structures.Except(all).Select(name =>
            NameGuess.Of(name, all) is { } guess ? $"{name} (if {guess} is meant, correct the column)" : name)];
        return unknown.Length == 0 ? null : $"No known numbering has these structures, which count under their own names: {string.Join(", ", unknown)}.";
    }
}
