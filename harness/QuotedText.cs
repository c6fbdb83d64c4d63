using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Harness;

/// <summary>Texts in quotes that JSON and YAML read alike.</summary>
internal static partial class QuotedText
{
    /// <summary>A text in double quotes, whatever is in it.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => JsonSerializer.Serialize(text, Json.Default.String);

    [JsonSerializable(typeof(string))]
    private sealed partial class Json : JsonSerializerContext;
}
