using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;

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
    /// <exception cref="InvalidDataException">No label numbering has all its structures.</exception>
    public static string Text(PublishedStudy study, Dataset dataset, ImportTerms terms)
    {
        string[] unknown = [.. study.Structures.Where(name => !LabelMaps.All.Any(map => map.Structures.Values.Contains(name)))];
        if (unknown.Length > 0)
        {
            throw new InvalidDataException(
                $"No label numbering knows {string.Join(", ", unknown.Select(name => $"\"{name}\""))}: correct the names of the columns, or "
                + "name a challenge with --challenge, where columns that it does not have are left out.");
        }

        var labels = LabelMaps.All.OrderBy(map => map.Structures.Count)
            .FirstOrDefault(map => study.Structures.All(name => map.Structures.Values.Contains(name)))
            ?? throw new InvalidDataException(
                $"No label numbering has all of {string.Join(", ", study.Structures)}: name a challenge with --challenge.");
        var description = $"Scores of published methods, imported case by case from {terms.Source}. "
            + "Nothing of it was run or scored here.";
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Made by `touchstone import`.
            title: {Quote($"Published scores on {dataset.Title}")}
            description: {Quote(description)}
            labels: {labels.Name}
            structures: [{string.Join(", ", study.Structures)}]
            datasets: [{dataset.Id}]
            metrics:
              protocol: {ChallengeRules.AsPublished}
              tolerance-mm: {terms.ToleranceMm ?? DefaultToleranceMm}
            """) + "\n";
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, TextJson.Default.String);
}

/// <summary>Source-generated serialiser of a text, whose quotes YAML reads too.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
