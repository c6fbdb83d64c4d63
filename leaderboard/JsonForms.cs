using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard;

/// <summary>How JSON looks: what people and scripts are given, and what is kept.</summary>
public static class JsonForms
{
    /// <summary>Camel case, indented, unescaped Unicode.</summary>
    /// <param name="converters">For the enums and types of our own in it.</param>
    public static JsonSerializerOptions Report(params ReadOnlySpan<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        return options;
    }

    /// <summary>The same, read strictly: a member too many or twice, or a null where none may be, is damage.</summary>
    /// <param name="converters">For the enums and types of our own in it.</param>
    public static JsonSerializerOptions File(params ReadOnlySpan<JsonConverter> converters) => new(Report(converters))
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new FiniteNumber() },
    };

    /// <summary>The same for results, of which no member may lack either.</summary>
    /// <param name="converters">For the enums and types of our own in it.</param>
    public static JsonSerializerOptions Result(params ReadOnlySpan<JsonConverter> converters) => new(File(converters))
    {
        RespectRequiredConstructorParameters = true,
    };
}
