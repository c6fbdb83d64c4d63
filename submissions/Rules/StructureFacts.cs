namespace Touchstone.Submissions;

/// <summary>What a challenge says of a structure beside its label.</summary>
public sealed record StructureFacts
{
    /// <summary>Name for readers; null for the structure's own.</summary>
    public string? Caption { get; init; }

    /// <summary>Colour in pictures, as <c>#rrggbb</c>; null for one that stands apart from its neighbours'.</summary>
    public string? Colour { get; init; }

    /// <summary>What it belongs to, for readers, such as <c>Tumours</c>; null for nothing.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it counts in the means over hard structures; null where the field's list decides.</summary>
    public bool? IsHard { get; init; }
}
