using System.Globalization;
using System.Text.Json;

namespace Touchstone.Evaluators;

/// <summary>
/// The labels of a <c>dataset.json</c> as nnU-Net (names with numbers) and its first version and the Medical Segmentation
/// Decathlon (numbers with names) have it, under <c>labels</c>; or a file of nothing but that object.
/// </summary>
internal static class DatasetJson
{
    /// <summary>Adds the labels to a map.</summary>
    /// <param name="text">The file.</param>
    /// <param name="entries">Where to.</param>
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Add(string text, LabelEntries entries)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException fault)
        {
            return [$"line {(fault.LineNumber ?? 0) + 1}: it begins like JSON and is none"];
        }

        using (document)
        {
            var labels = document.RootElement.TryGetProperty("labels", out var inner) ? inner : document.RootElement;
            return labels.ValueKind == JsonValueKind.Object
                ? [.. labels.EnumerateObject().Select(one => MistakeOf(one, entries)).OfType<string>()]
                : ["its \"labels\" are no object such as {\"liver\": 1}"];
        }
    }

    private static string? MistakeOf(JsonProperty one, LabelEntries entries)
    {
        if (one.Name.Equals("ignore", StringComparison.OrdinalIgnoreCase))
        {
            return "\"ignore\" marks voxels that should not count, and here every voxel counts. If no reference has any, take the "
                + "line out of a copy of the file";
        }

        if (one.Value.ValueKind == JsonValueKind.Array)
        {
            return $"\"{one.Name}\" is a region of several labels, and a label map names single ones. Make a file with a label and "
                + "a name a line";
        }

        return one.Value.ValueKind switch
        {
            JsonValueKind.Number when one.Value.TryGetInt32(out var label) => entries.MistakeOf(label, one.Name),
            JsonValueKind.String when Number(one.Name) is { } label => entries.MistakeOf(label, one.Value.GetString()!),
            JsonValueKind.String when Number(one.Value.GetString()!) is { } label => entries.MistakeOf(label, one.Name),
            _ => $"\"{one.Name}\" is neither a name with a number nor a number with a name",
        };
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
