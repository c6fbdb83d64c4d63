using System.Text.Json;

namespace Touchstone.Harness.Images;

/// <summary>
/// Leaves JSON only one reading. This program takes names as they are written and the last of two that are equal; engines take
/// them in any case, and merge. So neither may occur. Pure.
/// </summary>
internal static class StrictJson
{
    /// <summary>Objects whose names are data and not settings: every reader takes those as they are written.</summary>
    private static readonly HashSet<string> NamesAreData = new(StringComparer.Ordinal) { "Labels", "Volumes", "ExposedPorts" };

    /// <summary>Refuses names that another reader could take for others.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="known">Names that engines know, as they are to be written.</param>
    /// <param name="what">What it is, as the beginning of a sentence.</param>
    /// <exception cref="InvalidDataException">Two names of one object are equal but for case, or a known one is written otherwise.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void Demand(ReadOnlySpan<byte> text, IEnumerable<string> known, string what)
    {
        var canonical = known.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        var reader = new Utf8JsonReader(text);
        Stack<(HashSet<string> Names, bool AreData)> open = [];
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    var areData = NamesAreData.Contains(name);
                    open.Push((new(areData ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase), areData));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    name = Read(ref reader, what);
                    var (names, isData) = open.Peek();
                    if (!names.Add(name))
                    {
                        throw new InvalidDataException($"{what} says \"{LogText.Line(name)}\" twice in one place, be it in other letters.");
                    }

                    if (!isData)
                    {
                        Demand(name, canonical, what);
                    }

                    continue;
            }

            name = "";
        }
    }

    private static void Demand(string name, Dictionary<string, string> canonical, string what)
    {
        // Engines written in Go take the Kelvin sign for a k and the long s for an s; no setting has a sign beyond ASCII.
        if (!name.All(char.IsAscii) || (canonical.TryGetValue(name, out var right) && right != name))
        {
            throw new InvalidDataException(
                $"{what} says \"{LogText.Line(name)}\", which engines read as another name. Write it as docker save does.");
        }
    }

    private static string Read(ref Utf8JsonReader reader, string what)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidDataException($"{what} has a name that is no text.", fault); // half of a surrogate pair
        }
    }
}
