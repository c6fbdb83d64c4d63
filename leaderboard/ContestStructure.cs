namespace Touchstone.Leaderboard;

/// <summary>What a challenge says of one of its structures for readers.</summary>
public sealed record ContestStructure
{
    /// <summary>A structure's name for readers where nobody gave one: <c>gall_bladder</c> is Gall bladder.</summary>
    /// <param name="name">Canonical name.</param>
    public static string CaptionOf(string name) =>
        name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    /// <summary>Its name for readers; null for the structure's own.</summary>
    public string? Caption { get; init; }

    /// <summary>Its colour in pictures, as <c>#rrggbb</c>; null for one that stands apart from its neighbours'.</summary>
    public string? Colour { get; init; }

    /// <summary>What it belongs to, such as <c>Tumours</c>; null for nothing.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it counts in the means over hard structures; null where <see cref="HardStructures"/> decides.</summary>
    public bool? IsHard { get; init; }
}
