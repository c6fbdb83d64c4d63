namespace Touchstone.Leaderboard;

/// <summary>What a scope groups cases by.</summary>
public enum ScopeKind
{
    /// <summary>Every case of the contest.</summary>
    All,

    /// <summary>Cases from hospitals that contributed training data.</summary>
    Iid,

    /// <summary>Cases from hospitals that did not.</summary>
    Ood,

    /// <summary>One dataset.</summary>
    Dataset,
}

/// <summary>A group of cases over which statistics are taken.</summary>
/// <param name="Kind">How the group is formed.</param>
/// <param name="Dataset">
/// Id of the dataset; null unless <paramref name="Kind"/> is <see cref="ScopeKind.Dataset"/>.
/// </param>
public sealed record Scope(ScopeKind Kind, string? Dataset = null)
{
    /// <summary>Every case of the contest.</summary>
    public static Scope All { get; } = new(ScopeKind.All);

    /// <summary>In-distribution cases.</summary>
    public static Scope Iid { get; } = new(ScopeKind.Iid);

    /// <summary>Out-of-distribution cases.</summary>
    public static Scope Ood { get; } = new(ScopeKind.Ood);
}

/// <summary>The metrics that are ranked. Both are fractions in [0, 1]; higher is better and 0 is worst.</summary>
public enum Metric
{
    /// <summary>Dice similarity coefficient.</summary>
    Dsc,

    /// <summary>Normalised surface Dice at the contest's tolerance.</summary>
    Nsd,
}
