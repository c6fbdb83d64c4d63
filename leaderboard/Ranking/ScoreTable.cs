using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>All entries on one scope, one structure (or the mean over structures) and one metric.</summary>
public sealed record ScoreTable
{
    /// <summary>The cases.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Canonical name; null for the mean over structures.</summary>
    public required string? Structure { get; init; }

    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Cases of the scope in which the structure (for the mean: any structure) is annotated.</summary>
    public required int Cases { get; init; }

    /// <summary>One row per entry, in the order of <see cref="Standings.Entries"/>.</summary>
    public required IReadOnlyList<ScoreRow> Rows { get; init; }
}

/// <summary>
/// One entry in one table. For the mean over structures, <see cref="Mean"/>, its interval and the ranks by mean belong
/// to the macro mean (the mean of the structures' means), and <see cref="Sd"/> and the quartiles to the cases' means.
/// </summary>
public sealed record ScoreRow
{
    /// <summary>Id of the entry.</summary>
    public required string Entry { get; init; }

    /// <summary>Cases that count: those with a value, failed and missing ones included.</summary>
    public required int N { get; init; }

    /// <summary>Mean; null when no case counts.</summary>
    public required double? Mean { get; init; }

    /// <summary>Bootstrap percentile interval of <see cref="Mean"/> over cases.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>Standard deviation over cases (n − 1); null below two.</summary>
    public required double? Sd { get; init; }

    /// <summary>First quartile over cases (type 7).</summary>
    public required double? Q1 { get; init; }

    /// <summary>Median over cases.</summary>
    public required double? Median { get; init; }

    /// <summary>Third quartile over cases (type 7).</summary>
    public required double? Q3 { get; init; }

    /// <summary>Rank by <see cref="Mean"/>, exact ties sharing the better one; null when there is no mean
    /// or the entry was trained on cases of the scope.</summary>
    public required int? MeanThenRank { get; init; }

    /// <summary>Rank by <see cref="Median"/>.</summary>
    public required int? MedianThenRank { get; init; }

    /// <summary>Rank by <see cref="MeanRank"/>.</summary>
    public required int? RankThenMean { get; init; }

    /// <summary>
    /// Mean over cases of the rank within each case, ties taking their mean rank; for the mean over structures, the
    /// mean of the structures' mean ranks. Lower is better.
    /// </summary>
    public required double? MeanRank { get; init; }

    /// <summary>
    /// Range of <see cref="MeanThenRank"/> over the resamples (percentile interval): how firm the rank is.
    /// </summary>
    public required Interval? RankInterval { get; init; }

    /// <summary>
    /// In how many resamples <see cref="MeanThenRank"/> was 1, 2, 3 and so on, up to the worst rank that occurred:
    /// the whole distribution of the rank. Empty where the entry is not ranked.
    /// </summary>
    public required IReadOnlyList<int> RankCounts { get; init; }
}
