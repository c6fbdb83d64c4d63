namespace Touchstone.Evaluators;

/// <summary>A label map while it is being read: takes an entry after the other, or says what is wrong with it.</summary>
internal sealed class LabelEntries
{
    private static readonly string[] Backgrounds = ["background", "bg", "clear_label", "none", "unlabelled", "unlabeled", "outside"];
    private readonly Dictionary<byte, string> _structures = [];
    private readonly Dictionary<string, string> _colours = [];

    /// <summary>Canonical names by label; no background.</summary>
    public IReadOnlyDictionary<byte, string> Structures => _structures;

    /// <inheritdoc cref="LabelMap.Colours"/>
    public IReadOnlyDictionary<string, string> Colours => _colours;

    /// <summary>Adds an entry.</summary>
    /// <param name="label">Any number.</param>
    /// <param name="name">The structure as the file spells it.</param>
    /// <param name="colour">Its colour, such as <c>#ff8800</c>; null when the file has none.</param>
    /// <returns>What is wrong with it; null when it was added, or is the background.</returns>
    public string? MistakeOf(int label, string name, string? colour = null)
    {
        name = name.Trim();
        var isBackground = Backgrounds.Contains(name.ToLowerInvariant().Replace(' ', '_'), StringComparer.Ordinal);
        if (label == 0)
        {
            return isBackground ? null : $"label 0 is background, so {Shown(name)} needs another number, here and in the volumes";
        }

        if (label is < 0 or > byte.MaxValue || name.Length == 0)
        {
            return name.Length == 0 ? $"label {label} has no name" : $"{Shown(name)} has label {label}; labels go from 1 to 255";
        }

        if (isBackground)
        {
            return $"label {label} is called {name}, and background is label 0; leave the line out";
        }

        var structure = StructureNames.Canonical(name);
        var mistake = StructureNames.FaultOf(StructureNames.WithoutBlanks(structure))?.TrimEnd('.')
            ?? (_structures.ContainsValue(structure) ? $"{structure} has a label already"
                : StructureNames.TwinsAmong(_structures.Values.Append(structure)) is { } twins ? twins.TrimEnd('.')
                : !_structures.TryAdd((byte)label, structure) ? $"label {label} is {_structures[(byte)label]} already"
                : null);
        if (mistake is null && colour is not null)
        {
            _colours[structure] = colour;
        }

        return mistake;
    }

    private static string Shown(string name) => name.Length == 0 ? "a name" : name;
}
