namespace Touchstone.Evaluators;

/// <summary>
/// Which number stands for which structure in a multi-label volume. 0 is background and never listed.
/// </summary>
public sealed record LabelMap
{
    /// <summary>Name by which challenges and the command line ask for it, such as <c>bodymaps-2024</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Canonical structure names by label, 1 to 255.</summary>
    public required IReadOnlyDictionary<byte, string> Structures { get; init; }

    /// <summary>Colours by canonical name, such as <c>#ff8800</c>, of the structures that have one. Default none.</summary>
    public IReadOnlyDictionary<string, string> Colours { get; init; } = new Dictionary<string, string>();

    /// <summary>The label of a structure, whichever of its synonyms is given; null when the map lacks it.</summary>
    /// <param name="structure">Any spelling.</param>
    public byte? LabelOf(string structure)
    {
        var canonical = StructureNames.Canonical(structure);
        foreach (var (label, name) in Structures)
        {
            if (name == canonical)
            {
                return label;
            }
        }

        return null;
    }
}
