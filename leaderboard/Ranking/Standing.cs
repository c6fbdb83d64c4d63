using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>One entry on the board.</summary>
public sealed record Standing
{
    /// <summary>Who and what.</summary>
    public required Entry Entry { get; init; }

    /// <summary>
    /// Rank by <see cref="Standings.Scheme"/> over all cases, among participants. A baseline has the rank that it would
    /// have, shown in brackets, and moves nobody down. Null when the scheme cannot rank the entry, or it was trained on
    /// a dataset of the contest.
    /// </summary>
    public required int? Rank { get; init; }

    /// <summary>Entries that this one beats significantly, per metric (test over all cases, Holm-adjusted).</summary>
    public required IReadOnlyDictionary<Metric, int> SignificantWins { get; init; }

    /// <summary>What became of the expected cases, per scope in the order of <see cref="Standings.Scopes"/>.</summary>
    public required IReadOnlyList<Coverage> Coverage { get; init; }

    /// <summary>
    /// IID − OOD, per metric: the mean over structures first, then each structure; empty without both kinds of cases.
    /// </summary>
    public required IReadOnlyList<Gap> Gaps { get; init; }

    /// <summary>
    /// What was found where the reference has nothing, per structure that was looked for and absent in some case.
    /// </summary>
    public required IReadOnlyList<FalsePositives> FalsePositives { get; init; }

    /// <summary>
    /// Tier by mean score over all cases, per metric: members of a tier cannot be told from its leader by the tests.
    /// Null for an entry that is not ranked.
    /// </summary>
    public required IReadOnlyDictionary<Metric, int?> Tiers { get; init; }

    /// <summary>Gaps of the mean over the hard-to-segment structures, per metric; empty without both kinds.</summary>
    public required IReadOnlyList<Gap> HardGaps { get; init; }

    /// <summary>Ranks by mean score on both kinds of cases, per metric; empty without both kinds.</summary>
    public required IReadOnlyList<RankShift> RankShifts { get; init; }

    /// <summary>
    /// Ids of the contest's datasets that overlap its declared training data: shown there, not ranked.
    /// </summary>
    public required IReadOnlyList<string> ContaminatedOn { get; init; }
}

/// <summary>How an entry's rank moves from in-distribution to out-of-distribution cases.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Iid">Rank by mean on in-distribution cases; null where it is not ranked.</param>
/// <param name="Ood">Rank by mean on out-of-distribution cases; null where it is not ranked.</param>
public sealed record RankShift(Metric Metric, int? Iid, int? Ood)
{
    /// <summary>Ranks lost (positive) or won (negative) out of distribution.</summary>
    public int? Change => Ood - Iid;
}

/// <summary>What became of the cases that an entry was expected to do, and how long they took.</summary>
public sealed record Coverage
{
    /// <summary>The cases.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Cases of the contest.</summary>
    public required int Expected { get; init; }

    /// <summary>Cases that ended with a valid prediction.</summary>
    public required int Scored { get; init; }

    /// <summary>Cases without any result; each counts with the worst value.</summary>
    public required int Missing { get; init; }

    /// <summary>Cases by ending, endings that did not occur left out.</summary>
    public required IReadOnlyDictionary<Ending, int> Endings { get; init; }

    /// <summary>
    /// Mean seconds per case that ran, failed ones included and timed-out ones at their limit; null when none ran.
    /// </summary>
    public required double? MeanSeconds { get; init; }

    /// <summary>Median of the same seconds.</summary>
    public required double? MedianSeconds { get; init; }

    /// <summary>
    /// Cases whose scores are of other reference masks than the dataset's present ones, and so not comparable with those
    /// of other entries until they are scored again.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Stale { get; init; }

    /// <summary>Cases that ran and left no valid prediction.</summary>
    public int Failed => Expected - Scored - Missing;
}

/// <summary>How much worse an entry is where it never trained.</summary>
/// <param name="Structure">Canonical name; null for the mean over structures.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Iid">Mean over in-distribution cases.</param>
/// <param name="Ood">Mean over out-of-distribution cases.</param>
/// <param name="Value">IID − OOD; positive means worse out of distribution.</param>
/// <param name="Interval">
/// Bootstrap percentile interval of <paramref name="Value"/>, both groups resampled on their own.
/// </param>
public sealed record Gap(string? Structure, Metric Metric, double? Iid, double? Ood, double? Value, Interval? Interval)
{
    /// <summary>
    /// Whether the values of the cases differ between the two groups, which are independent samples; null without both.
    /// </summary>
    public required MannWhitney? Test { get; init; }

    /// <summary>
    /// p of <see cref="Test"/> after Holm's correction over the entries, for this structure and metric.
    /// </summary>
    public required double? PHolm { get; init; }
}

/// <summary>
/// False positives of an entry on one structure, over completed cases in which it is annotated as absent.
/// </summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="AbsentCases">Completed cases in which the structure is absent from the reference.</param>
/// <param name="Cases">Those in which the entry found some.</param>
/// <param name="FpMl">Volume found in all of them, millilitres.</param>
public sealed record FalsePositives(string Structure, int AbsentCases, int Cases, double FpMl);

/// <summary>A one-sided test over all cases of "the first entry's values are greater than the second's".</summary>
public sealed record Comparison
{
    /// <summary>Canonical name; null for the cases' means over structures.</summary>
    public string? Structure { get; init; }

    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Id of the entry said to be better.</summary>
    public required string First { get; init; }

    /// <summary>Id of the other entry.</summary>
    public required string Second { get; init; }

    /// <summary>The test, on cases paired by dataset and case id.</summary>
    public required SignedRank Test { get; init; }

    /// <summary>
    /// p after Holm's correction over all ordered pairs of this structure and metric; null where the two do not differ.
    /// </summary>
    public required double? PHolm { get; init; }

    /// <summary>
    /// False when one of the two lacks results that the other has, so that worst values were filled in.
    /// </summary>
    public required bool SameCases { get; init; }
}
