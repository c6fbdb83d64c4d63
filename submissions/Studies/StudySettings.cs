using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Submissions.Yaml;

namespace Touchstone.Submissions;

/// <summary>
/// Settings that a study passes through to training containers: JSON text by name. Numbers, truth values and nothing are
/// what YAML 1.2 says they are; all else is text, and so is whatever stands in quotes.
/// </summary>
public static class StudySettings
{
    /// <summary>No settings.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Settings of several levels in one.</summary>
    /// <param name="levels">Later ones win.</param>
    /// <returns>In ordinal order of names.</returns>
    public static IReadOnlyDictionary<string, string> Merge(params ReadOnlySpan<IReadOnlyDictionary<string, string>> levels)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var level in levels)
        {
            foreach (var (name, value) in level)
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    /// <summary>Reads the group <c>settings</c>, which may be absent.</summary>
    internal static IReadOnlyDictionary<string, string> Read(YamlFields owner)
    {
        if (owner.Node("settings") is not { } node)
        {
            return None;
        }

        if (node is not YamlNode.Map map)
        {
            owner.Note("settings", $"\"settings\" must be a group of \"key: value\" lines, not {node.Kind}.");
            return None;
        }

        return new SortedDictionary<string, string>(
            map.Items.ToDictionary(item => item.Key, item => Json(item.Value)?.ToJsonString() ?? "null"), StringComparer.Ordinal);
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlNode.List list => new JsonArray([.. list.Items.Select(Json)]),
        YamlNode.Map map => new JsonObject(map.Items.Select(item => KeyValuePair.Create(item.Key, Json(item.Value)))),
        YamlNode.Value { Text: { } text, IsQuoted: true } => JsonValue.Create(text),
        YamlNode.Value { Text: "true" } => JsonValue.Create(true),
        YamlNode.Value { Text: "false" } => JsonValue.Create(false),
        YamlNode.Value { Text: { } text } => Number(text) ?? JsonValue.Create(text),
        _ => null,
    };

    /// <summary>The number with the digits that were written; null for anything else.</summary>
    private static JsonNode? Number(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(number); // such as +1 or .5, which YAML has and JSON has not
        }
    }
}
