using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard;

/// <summary>
/// Everything that ranking one contest gives. Made by <see cref="Ranking.Rank"/>; a value, equal input gives equal
/// output.
/// </summary>
public sealed record Standings
{
    /// <summary>Id of the contest.</summary>
    public required string Contest { get; init; }

    /// <summary>Metric definitions of every score in it.</summary>
    public required string Protocol { get; init; }

    /// <summary>NSD tolerance in millimetres.</summary>
    public required double ToleranceMm { get; init; }

    /// <summary>How the intervals were made.</summary>
    public required RankingOptions Options { get; init; }

    /// <summary>Scopes that have cases: all, IID, OOD, then the datasets in the contest's order.</summary>
    public required IReadOnlyList<Scope> Scopes { get; init; }

    /// <summary>
    /// The entries: best first by what is ranked, exact ties with participants before baselines, then by team, name and
    /// id.
    /// </summary>
    public required IReadOnlyList<Standing> Entries { get; init; }

    /// <summary>
    /// One table per scope, structure and metric; the mean over structures comes first in each scope.
    /// </summary>
    public required IReadOnlyList<ScoreTable> Tables { get; init; }

    /// <summary>Every ordered pair of entries, per metric, over all cases.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }
}

/// <summary>Numbers that a ranking's intervals and tests depend on.</summary>
public sealed record RankingOptions
{
    /// <summary>Bootstrap resamples. Default 1000.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>Seed of the resamples. Default 20240527.</summary>
    public int Seed { get; init; } = 20240527;

    /// <summary>Coverage of intervals. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Adjusted p below which one entry counts as better than another. Default 0.05.</summary>
    public double Significance { get; init; } = 0.05;
}

/// <summary>One entry on the board.</summary>
public sealed record Standing
{
    /// <summary>Who and what.</summary>
    public required Entry Entry { get; init; }

    /// <summary>
    /// Rank by macro-mean DSC over all cases, among participants. A baseline has the rank that it would have, shown in
    /// brackets, and moves nobody down. Null when nothing can be ranked yet.
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
public sealed record Gap(string? Structure, Metric Metric, double? Iid, double? Ood, double? Value, Interval? Interval);

/// <summary>
/// False positives of an entry on one structure, over completed cases in which it is annotated as absent.
/// </summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="AbsentCases">Completed cases in which the structure is absent from the reference.</param>
/// <param name="Cases">Those in which the entry found some.</param>
/// <param name="FpMl">Volume found in all of them, millilitres.</param>
public sealed record FalsePositives(string Structure, int AbsentCases, int Cases, double FpMl);

/// <summary>A one-sided test over all cases of "the first entry's case means are greater than the second's".</summary>
public sealed record Comparison
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Id of the entry said to be better.</summary>
    public required string First { get; init; }

    /// <summary>Id of the other entry.</summary>
    public required string Second { get; init; }

    /// <summary>The test, on cases paired by dataset and case id.</summary>
    public required SignedRank Test { get; init; }

    /// <summary>p after Holm's correction over all ordered pairs of this metric.</summary>
    public required double PHolm { get; init; }

    /// <summary>
    /// False when one of the two lacks results that the other has, so that worst values were filled in.
    /// </summary>
    public required bool SameCases { get; init; }
}
