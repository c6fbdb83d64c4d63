using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// Everything that ranking one contest gives. Made by <see cref="Ranking.Rank"/>; a value, equal input gives equal
/// output.
/// </summary>
public sealed record Standings
{
    /// <summary>Id of the contest.</summary>
    public required string Contest { get; init; }

    /// <summary>Its phase; null for <see cref="Entry.TestPhase"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phase { get; init; }

    /// <summary>Entries that were taken out of the contest; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SetApart>? SetApart { get; init; }

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

    /// <summary>Every ordered pair of entries, per metric, over all cases' means over structures.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>The same tests on each structure alone, per structure and metric.</summary>
    public required IReadOnlyList<Comparison> StructureComparisons { get; init; }

    /// <summary>
    /// The mean over the hard-to-segment structures alone, per scope and metric; empty unless the contest has hard ones
    /// and others.
    /// </summary>
    public required IReadOnlyList<ScoreTable> HardTables { get; init; }

    /// <summary>
    /// The scheme that gives <see cref="Standing.Rank"/>: the contest's own, or mean-then-rank while
    /// <see cref="Unranked"/> says why that can rank nobody.
    /// </summary>
    public required Scheme Scheme { get; init; }

    /// <summary>What each structure weighs in every mean over structures; null when all weigh the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StructureWeight>? Weights { get; init; }

    /// <summary>
    /// The contest's own scheme where it is undefined for every entry, and why; null where it ranks.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UndefinedScheme? Unranked { get; init; }

    /// <summary>False where <see cref="Scheme"/> is undefined for every entry, so that nobody has a rank.</summary>
    [JsonIgnore]
    public bool HasRanks => Sensitivity.Schemes[0].Note is null;

    /// <summary>The ranking under every scheme, and as it would be if failed and missing cases were dropped.</summary>
    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Per metadata column and metric, every entry by groups of cases.</summary>
    public required IReadOnlyList<SubgroupTable> Subgroups { get; init; }

    /// <summary>
    /// Kendall's τ-b between the ranks by mean DSC on in-distribution and on out-of-distribution cases; null without
    /// both.
    /// </summary>
    public required double? IidOodAgreement { get; init; }
}

/// <summary>A scheme that cannot rank anybody yet.</summary>
/// <param name="Scheme">The scheme that the contest states.</param>
/// <param name="Reason">What it lacks, a sentence for readers.</param>
public sealed record UndefinedScheme(Scheme Scheme, string Reason);
