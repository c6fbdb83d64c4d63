namespace Touchstone.Leaderboard.Live;

/// <summary>What somebody filled into a form that could not be taken, so that nobody has to type it twice.</summary>
public sealed record FormInput
{
    /// <summary>An untouched form.</summary>
    public static FormInput Blank { get; } = new();

    /// <summary>What was filled in, by name of the field; several values of one field stand in one list.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What is wrong, by name of the field, in sentences for the reader.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();

    /// <summary>The only value of a field; empty where it was not filled in.</summary>
    internal string Value(string name) => Values.GetValueOrDefault(name) is [var value, ..] ? value : "";

    /// <summary>Whether a field holds a value.</summary>
    internal bool Has(string name, string value) => Values.GetValueOrDefault(name)?.Contains(value) == true;
}
