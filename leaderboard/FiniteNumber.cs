using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard;

/// <summary>Reads numbers as finite ones: 1e999 is no number of ours, and would be infinite without a word.</summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var number = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : throw new JsonException();
        return double.IsFinite(number) ? number : throw new JsonException("A number is too large.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
