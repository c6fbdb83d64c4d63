using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Leaderboard;

/// <summary>
/// The ways to turn scores into ranks. In each, exact ties share the better rank and the next one is skipped ("1224").
/// A challenge file names one by the words of its name, such as <c>mean-then-rank</c>.
/// </summary>
public enum Scheme
{
    /// <summary>By the mean over structures of their means over cases.</summary>
    MeanThenRank,

    /// <summary>By the median over cases of their means over structures.</summary>
    MedianThenRank,

    /// <summary>
    /// By the rank within each case (equal scores share their mean rank), averaged over cases, then over structures.
    /// </summary>
    RankThenMean,

    /// <summary>By the number of entries that it beats significantly.</summary>
    SignificantWins,

    /// <summary>
    /// BodyMaps 2024: mean DSC × mean NSD / (mean seconds × mean area under the GPU-memory–time curve in MB · s).
    /// </summary>
    [JsonStringEnumMemberName("bodymaps-2024")]
    BodyMaps2024,

    /// <summary>
    /// FLARE: the ranks within each case by DSC, NSD, seconds and GPU memory above 2048 MB, averaged, the two resources
    /// with half weight.
    /// </summary>
    Flare,

    /// <summary>
    /// By fronts of accuracy × speed: first whoever nobody beats in both mean DSC and mean seconds, and so on.
    /// </summary>
    Pareto,
}

/// <summary>The names of schemes in challenge files and JSON.</summary>
public static class SchemeNames
{
    /// <summary>Every name, in the order of <see cref="Scheme"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Scheme>().Select(Of)];

    /// <summary>The name of a scheme, such as <c>mean-then-rank</c>.</summary>
    /// <param name="scheme">The scheme.</param>
    public static string Of(Scheme scheme) => scheme == Scheme.BodyMaps2024
        ? "bodymaps-2024"
        : JsonNamingPolicy.KebabCaseLower.ConvertName(scheme.ToString());

    /// <summary>The scheme of a name; null when there is none.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    public static Scheme? Find(string name) =>
        Enum.GetValues<Scheme>().Where(scheme => Of(scheme) == name).Select(scheme => (Scheme?)scheme).FirstOrDefault();
}

/// <summary>What a case without a valid prediction is worth.</summary>
public enum MissingRule
{
    /// <summary>The worst value of the metric. The rule of every ranking that counts.</summary>
    Worst,

    /// <summary>
    /// Left out, so that failing pays. Only to show what a ranking would be if it did what published ones do.
    /// </summary>
    Dropped,
}

/// <summary>All entries under one scheme.</summary>
public sealed record SchemeTable
{
    /// <summary>The scheme.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>The metric; null for schemes that use several.</summary>
    public required Metric? Metric { get; init; }

    /// <summary>What failed and missing cases are worth in it.</summary>
    public required MissingRule Missing { get; init; }

    /// <summary>Direction of the values.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>Why nobody is ranked, for readers; null when somebody is.</summary>
    public required string? Note { get; init; }

    /// <summary>One row per entry, in the order of <see cref="Standings.Entries"/>.</summary>
    public required IReadOnlyList<SchemeRow> Rows { get; init; }
}

/// <summary>One entry under one scheme.</summary>
/// <param name="Entry">Id of the entry.</param>
/// <param name="Value">What is ranked; null when the scheme cannot rank the entry.</param>
/// <param name="Rank">Rank among participants; null without a value, or for a contaminated entry.</param>
public sealed record SchemeRow(string Entry, double? Value, int? Rank);

/// <summary>What the ranking would be under every scheme, and how well they agree.</summary>
public sealed record Sensitivity
{
    /// <summary>One table per scheme and metric; the one that ranks the board comes first.</summary>
    public required IReadOnlyList<SchemeTable> Schemes { get; init; }

    /// <summary>
    /// Kendall's τ-b between every two of <see cref="Schemes"/>, in their order, over the entries that both rank; null
    /// where it is undefined.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double?>> KendallTau { get; init; }
}
