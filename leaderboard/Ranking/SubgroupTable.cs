using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>All entries by one metadata column and one metric, over the means of the cases' structures.</summary>
public sealed record SubgroupTable
{
    /// <summary>The column, such as <c>sex</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Cases that count and have no value in the column; they are in no group.</summary>
    public required int UnknownCases { get; init; }

    /// <summary>The groups, numbers in ascending order and words in ordinal order.</summary>
    public required IReadOnlyList<Subgroup> Groups { get; init; }

    /// <summary>
    /// One per group, in their order: the bootstrap interval of the mean over entries of their means over the group's
    /// cases, which are drawn together for all entries; null for a group that is too small.
    /// </summary>
    public IReadOnlyList<Interval?> FieldIntervals { get; init; } = [];

    /// <summary>One row per entry, in the order of <see cref="Standings.Entries"/>.</summary>
    public required IReadOnlyList<SubgroupRow> Rows { get; init; }
}

/// <summary>The cases with one value of a metadata column.</summary>
/// <param name="Name">The value, or a range of numbers such as <c>30-39</c>, both ends inclusive.</param>
/// <param name="Cases">Cases of the contest with an annotated structure.</param>
/// <param name="IsLargeEnough">
/// Whether there are at least <see cref="RankingOptions.SmallestGroup"/>; a smaller group is counted but neither scored
/// nor tested.
/// </param>
public sealed record Subgroup(string Name, int Cases, bool IsLargeEnough);

/// <summary>One entry by groups.</summary>
public sealed record SubgroupRow
{
    /// <summary>Id of the entry.</summary>
    public required string Entry { get; init; }

    /// <summary>One score per group, in the order of the groups; null for a group that is too small.</summary>
    public required IReadOnlyList<SubgroupScore?> Scores { get; init; }

    /// <summary>Name of the group with the lowest mean; null when no group is large enough.</summary>
    public required string? WorstGroup { get; init; }

    /// <summary>Mean of that group: what the entry is worth to those whom it serves worst.</summary>
    public required double? WorstMean { get; init; }

    /// <summary>Whether the groups differ; null below two groups that are large enough.</summary>
    public required KruskalWallis? Test { get; init; }

    /// <summary>p of <see cref="Test"/> after Holm's correction over the entries of this table.</summary>
    public required double? PHolm { get; init; }

    /// <summary>Every two groups that are large enough.</summary>
    public required IReadOnlyList<SubgroupPair> Pairs { get; init; }
}

/// <summary>One entry on one group.</summary>
/// <param name="N">Cases.</param>
/// <param name="Mean">Mean over cases.</param>
/// <param name="Sd">Standard deviation over cases (n − 1).</param>
/// <param name="Median">Median over cases.</param>
public sealed record SubgroupScore(int N, double Mean, double? Sd, double Median);

/// <summary>A comparison of one entry on two groups.</summary>
/// <param name="First">A group.</param>
/// <param name="Second">Another group.</param>
/// <param name="Test">Whether they differ.</param>
/// <param name="PHolm">
/// p after Holm's correction over the pairs of this entry and column; null where all values are equal.
/// </param>
public sealed record SubgroupPair(string First, string Second, MannWhitney Test, double? PHolm);
