using System.Text.Json;
using System.Text.RegularExpressions;

namespace Touchstone.Evaluators;

/// <summary>What is wrong with a JSON text, for people: with the line as editors count it.</summary>
public static partial class JsonWords
{
    /// <summary>The fault in words, ending in a full stop.</summary>
    /// <param name="fault">What the reader of JSON threw, or a reader of ours.</param>
    public static string Of(JsonException fault)
    {
        // The library ends its messages with a place that counts lines from 0, and names its types.
        var text = Place().Replace(fault.Message, "");
        text = Types().Replace(text, "").Replace("to any .NET member", "to anything known", StringComparison.Ordinal);
        var place = fault.Path is { Length: > 1 } path ? $" ({path})" : "";
        return fault.LineNumber is { } line ? FormattableString.Invariant($"Line {line + 1}{place}: {text}") : text;
    }

    /// <summary>The same of a fault that may be another one, which keeps its words.</summary>
    /// <param name="fault">The fault.</param>
    public static string Of(Exception fault) => fault is JsonException json ? Of(json) : fault.Message;

    [GeneratedRegex(@" (Path|LineNumber): .*$", RegexOptions.Singleline)]
    private static partial Regex Place();

    [GeneratedRegex(@" (contained in|of|for|to)( the)?( .NET)?( type)? '?(Touchstone|System)\.[^' ]*[^' .]'?")]
    private static partial Regex Types();
}
