using System.Text.Json.Serialization;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard;

/// <summary>
/// What a board is about: the challenge's structures and datasets with every case that counts. The harness makes it
/// from the challenge file and the manifest, so that ranking and site know what is expected, not only what arrived.
/// </summary>
public sealed record Contest
{
    /// <summary>Id of the challenge.</summary>
    public required string Id { get; init; }

    /// <summary>The challenge's phase. Default <see cref="Entry.TestPhase"/>.</summary>
    public string Phase
    {
        get => field ?? Entry.TestPhase; // null after reading a bundle without it
        init;
    }

    /// <summary>Names the board of this challenge and phase among others, safe as a folder.</summary>
    [JsonIgnore]
    public string Key => Phase == Entry.TestPhase ? Id : $"{Id}.{Phase}";

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for readers.</summary>
    public required string Description { get; init; }

    /// <summary>Canonical names of the structures that count, in the order shown.</summary>
    public required IReadOnlyList<string> Structures { get; init; }

    /// <summary>What the challenge says of structures for readers, by canonical name. Default nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ContestStructure>? Captions { get; init; }

    /// <summary>Metric definitions, such as <c>surface-distance</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>NSD tolerance in millimetres.</summary>
    public required double ToleranceMm { get; init; }

    /// <summary>The datasets, in the order shown.</summary>
    public required IReadOnlyList<ContestDataset> Datasets { get; init; }

    /// <summary>Entries that were taken out, by id; none of their results is given to the ranking. Default none.</summary>
    public IReadOnlyList<SetApart> SetApart
    {
        get => field ?? [];
        init;
    }

    /// <summary>How entries are ranked. Default: by mean DSC, every structure with weight 1.</summary>
    public RankingRules Rules { get; init; } = new();

    /// <summary>What the challenge says of a structure; nothing where it does not.</summary>
    /// <param name="structure">Canonical name.</param>
    internal ContestStructure About(string structure) => Captions?.GetValueOrDefault(structure) ?? new ContestStructure();

    /// <summary>Whether a structure counts in the means over hard structures.</summary>
    /// <param name="structure">Canonical name.</param>
    internal bool IsHard(string structure) => About(structure).IsHard ?? HardStructures.Contains(structure);
}

/// <summary>Which entries of a team count where entries are compared with each other.</summary>
public enum EntriesOfTeam
{
    /// <summary>Its best by mean DSC.</summary>
    Best,

    /// <summary>Each: a team's own entries are rivals like any other.</summary>
    Each,
}

/// <summary>How a contest ranks, as its challenge file states it.</summary>
public sealed record RankingRules
{
    /// <summary>The scheme that gives the rank on the board; every other one is shown beside it.</summary>
    public Scheme Scheme { get; init; } = Scheme.MeanThenRank;

    /// <summary>Which entries of a team count where entries are compared with each other. Default its best.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EntriesOfTeam EntriesOfTeam { get; init; }

    /// <summary>Weight of a structure in means over structures, by canonical name; 1 where it has none.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();
}

/// <summary>One dataset (hospital or group of hospitals) of a contest.</summary>
public sealed record ContestDataset
{
    /// <summary>Id of the manifest.</summary>
    public required string Id { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>True when cases may be named to everybody; false shows pseudonyms only.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>
    /// True when it may be known which of the cases, by pseudonym or name, has which metadata. Tables by subgroup beside the scores
    /// of single cases tell just that, so only such datasets have them. Default: as <see cref="IsPublic"/>.
    /// </summary>
    [JsonIgnore]
    public bool TellsMetadata
    {
        get => field || IsPublic;
        init;
    }

    /// <summary>
    /// Ids of the manifest's datasets that share cases with this one: itself, the collections that contain it, and
    /// what it contains. An entry trained on one of them is not ranked here. Default: only itself.
    /// </summary>
    public IReadOnlyList<string> Overlaps
    {
        get => field ?? [Id];
        init;
    }

    /// <summary>The present version of its reference masks; a result of another one is stale. Default 1.</summary>
    public int ReferenceVersion
    {
        get => Math.Max(1, field);
        init;
    }

    /// <summary>Every case that counts.</summary>
    public required IReadOnlyList<ContestCase> Cases { get; init; }

    /// <summary>
    /// Metadata of the whole dataset: the values of each column, in ordinal order, without saying which case has which.
    /// Default: those of the cases. The public form of a hidden dataset has them here and nowhere else.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Cohort
    {
        get => field ?? Cases.SelectMany(one => one.Metadata).GroupBy(cell => cell.Key, StringComparer.Ordinal)
            .OrderBy(column => column.Key, StringComparer.Ordinal)
            .ToDictionary(
                column => column.Key,
                column => (IReadOnlyList<string>)[.. column.Select(cell => cell.Value).Order(StringComparer.Ordinal)]);
        init;
    }
}

/// <summary>One expected case.</summary>
public sealed record ContestCase
{
    /// <summary>Case id.</summary>
    public required string Id { get; init; }

    /// <summary>The only name that participants see.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>True when the case's hospital contributed training data (in-distribution).</summary>
    public required bool IsInDistribution { get; init; }

    /// <summary>
    /// Metadata columns of the case list (sex, age, manufacturer, institute, phase…); blank cells are left out.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}
