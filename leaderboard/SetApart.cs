namespace Touchstone.Leaderboard;

/// <summary>
/// An entry that was taken out of a contest: named on the board with the reason, and in nothing else. It is in no rank,
/// test, mean or figure, because none of its results is given to the ranking.
/// </summary>
public sealed record SetApart
{
    /// <summary>Id of the submission.</summary>
    public required string Entry { get; init; }

    /// <summary>Its team.</summary>
    public required string Team { get; init; }

    /// <summary>Name of its method.</summary>
    public required string Name { get; init; }

    /// <summary>Whose decision it was.</summary>
    public required SetApartKind Kind { get; init; }

    /// <summary>Why, for everybody to read; empty where a team gave no reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Who took an entry out. The names are stored: never rename one.</summary>
public enum SetApartKind
{
    /// <summary>The organiser, for a reason that is stated.</summary>
    Disqualified,

    /// <summary>Its team.</summary>
    Withdrawn,
}
