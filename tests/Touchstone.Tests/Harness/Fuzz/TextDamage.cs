using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Damages texts by their grammar: JSON by its tree, all others by tokens and lines.</summary>
internal static partial class TextDamage
{
    private static readonly string[] JsonValues =
    [
        "null", "true", "0", "-1", "1.5", "1e308", "2147483648", "9223372036854775807", "1e400", "\"\"", "\"x\"", "\"..\"", "\"a/b\"", "\"[/]\"",
        "\"\\u0000\"", "\"1\"", "\"NaN\"", "[]", "[null]", "[[]]", "{}", "{\"x\":null}", "\"0001-01-01T00:00:00+00:00\"",
        "\"9999-12-31T23:59:59+00:00\"", "\"2026-11-30T00:00:00\"", "0.30000000000000004", "1.0000000000000002", "-0.0",
    ];

    /// <summary>Damages a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] Apply(string text, Random random) => random.Next(12) switch
    {
        0 => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)],
        1 => Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)),
        2 => random.Next(3) == 0 ? Encoding.Unicode.GetBytes(text) : InvalidUtf8(text, random),
        3 => Encoding.UTF8.GetBytes(Lines(text, random)),
        4 => Encoding.UTF8.GetBytes(random.Next(4) == 0 ? Insert(text, OddValues.Huge(random), random) : Lines(text, random)),
        _ => Encoding.UTF8.GetBytes(Tokens(text, random)),
    };

    /// <summary>Changes one node of a JSON text, so that what is left is JSON; null when the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="random">Decides what.</param>
    public static string? ApplyToTree(string text, Random random)
    {
        try
        {
            var root = JsonNode.Parse(text);
            var nodes = All(root).ToList();
            if (nodes.Count == 0)
            {
                return null;
            }

            var node = nodes[random.Next(nodes.Count)];
            return Change(root!, node, random);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Change(JsonNode root, JsonNode parent, Random random)
    {
        var mark = "\"" + new string('§', 3) + "\"";
        var value = JsonValues[random.Next(JsonValues.Length)];
        if (parent is JsonObject item)
        {
            var key = item.ElementAt(random.Next(item.Count)).Key;
            switch (random.Next(5))
            {
                case 0:
                    item.Remove(key);
                    return root.ToJsonString();
                case 1:
                    var moved = item[key]?.DeepClone();
                    item.Remove(key);
                    item[random.Next(2) == 0 ? key + "x" : ""] = moved;
                    return root.ToJsonString();
                default:
                    item[key] = "§§§";
                    return Marked(root).Replace(mark, value, StringComparison.Ordinal);
            }
        }

        var list = (JsonArray)parent;
        switch (random.Next(4))
        {
            case 0:
                list.RemoveAt(random.Next(list.Count));
                return root.ToJsonString();
            case 1:
                list.Add(list[random.Next(list.Count)]?.DeepClone());
                return root.ToJsonString();
            default:
                list[random.Next(list.Count)] = "§§§";
                return Marked(root).Replace(mark, value, StringComparison.Ordinal);
        }
    }

    private static string Marked(JsonNode root) =>
        root.ToJsonString().Replace("\\u00A7", "§", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } item => [item, .. item.SelectMany(one => All(one.Value))],
        JsonArray { Count: > 0 } list => [list, .. list.SelectMany(All)],
        _ => [],
    };

    private static string Tokens(string text, Random random)
    {
        var tokens = Token.Matches(text).Select(match => match.Value).ToList();
        var solid = tokens.Index().Where(one => !string.IsNullOrWhiteSpace(one.Item)).Select(one => one.Index).ToList();
        if (solid.Count == 0)
        {
            return OddValues.Tokens[random.Next(OddValues.Tokens.Length)];
        }

        var (at, other) = (solid[random.Next(solid.Count)], solid[random.Next(solid.Count)]);
        switch (random.Next(8))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[at]);
                break;
            case 2:
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 3:
                tokens.Insert(at, OddValues.Tokens[random.Next(OddValues.Tokens.Length)]);
                break;
            case 4:
                tokens[at] = tokens[other];
                break;
            default:
                tokens[at] = OddValues.Tokens[random.Next(OddValues.Tokens.Length)];
                break;
        }

        return string.Concat(tokens);
    }

    private static string Lines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var (at, other) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(other, lines[at]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines[at] = "  " + lines[at];
                break;
            case 4:
                lines[at] = lines[at].TrimStart();
                break;
            default:
                lines.RemoveRange(at, lines.Count - at);
                break;
        }

        return string.Join('\n', lines);
    }

    private static string Insert(string text, string what, Random random) => text.Insert(random.Next(text.Length + 1), what);

    private static byte[] InvalidUtf8(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        bytes.Insert(random.Next(bytes.Count + 1), random.Next(3) == 0 ? (byte)0 : (byte)(0x80 + random.Next(128)));
        return [.. bytes];
    }

    [GeneratedRegex("""  "(?:[^"\\\n]|\\.)*"  |  -?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?  |  [\p{L}_][\w.-]*  |  [\ ]+  |  .  """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Token { get; }
}
