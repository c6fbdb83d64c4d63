using Dapper;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>What the store gives out.</summary>
public sealed partial class ResultStore
{
    private readonly List<StoreSnapshot> _snapshots = [];

    /// <summary>The results that a contest's ranking and site need: those of its phase's entries on its cases.</summary>
    /// <param name="contest">The contest.</param>
    /// <returns>
    /// By entry id, dataset id and case id, in ordinal order; read whenever it is gone through, an entry at a time, until
    /// the store is disposed. What is added from now on is not in it.
    /// </returns>
    public ResultSet Results(Contest contest) => Look(() =>
    {
        var snapshot = StoreSnapshot.Open(_path, contest.Id);
        _snapshots.Add(snapshot);
        var wanted = contest.Datasets
            .SelectMany(dataset => dataset.Cases.Select(one => (dataset.Id, one.Id))).ToHashSet();
        return new ResultSet(
            [.. snapshot.Entries.Where(entry =>
                (entry.Phase ?? Entry.TestPhase) == contest.Phase && snapshot.HasAny(entry.Id, wanted))],
            id => [.. Sqlite.Guard(_path, WayOut, () => Rows(snapshot, id))
                .Where(result => wanted.Contains((result.Case.Dataset, result.Case.Case)))]);
    });

    /// <summary>Every entry of which something is known, by id in ordinal order.</summary>
    public IReadOnlyList<Entry> ReadEntries() =>
        Look(() => _connection.Query<EntryRow>(Statements.SelectAllEntries).Select(row => row.ToEntry()).ToList());

    /// <summary>The same, all in memory.</summary>
    /// <param name="contest">The contest.</param>
    public IReadOnlyList<CaseResult> Read(Contest contest) => [.. Results(contest)];

    /// <summary>Every result of a challenge's entries, also on cases that no longer count, in memory.</summary>
    /// <param name="challenge">Id of the challenge.</param>
    /// <returns>By entry id, dataset id and case id, in ordinal order.</returns>
    public IReadOnlyList<CaseResult> ReadChallenge(string challenge) => Look<IReadOnlyList<CaseResult>>(() =>
    {
        using var snapshot = StoreSnapshot.Open(_path, challenge);
        return [.. snapshot.Entries.SelectMany(entry => snapshot.Read(entry.Id))];
    });

    /// <summary>Cases of a contest on which its results call different reference masks by one version.</summary>
    /// <param name="contest">The contest.</param>
    /// <returns>By dataset, case and version; empty when all is well.</returns>
    public IReadOnlyList<(string Dataset, string Case, long Version)> FindMixedReferences(Contest contest) =>
        [.. OnCases(
            contest,
            () => _connection.Query<(string Dataset, string Case, long Version)>(Statements.SelectMixedReferences, Of(contest)),
            one => (one.Dataset, one.Case))];

    /// <summary>A case on which results have scores of different structures, although their reference masks are the same.</summary>
    /// <param name="contest">The contest.</param>
    /// <returns>The case with one entry that has more and one that has less, by their sets; null when all is well.</returns>
    public StructureCount? FindUnequalStructures(Contest contest) => OnCases(
        contest, () => _connection.Query<StructureCount>(Statements.SelectUnequalStructures, Of(contest)), one => (one.Dataset, one.CaseId))
        .FirstOrDefault();

    /// <summary>The sets of structures that the results of a contest's cases have, each once.</summary>
    /// <param name="contest">The contest.</param>
    public IReadOnlyList<StructureCount> ReadStructureSets(Contest contest) => [.. OnCases(
        contest, () => _connection.Query<StructureCount>(Statements.SelectStructureSets, Of(contest)), one => (one.Dataset, one.CaseId))];

    /// <summary>A result that was scored by another protocol or tolerance than the contest's; null when there is none.</summary>
    /// <param name="contest">The contest.</param>
    public OtherMetrics? FindOtherMetrics(Contest contest) =>
        Look(() => _connection.QueryFirstOrDefault<OtherMetrics>(Statements.SelectOtherMetrics, Of(contest)));

    /// <summary>Results and imports of a contest without a checksum, from older builds.</summary>
    /// <param name="contest">The contest.</param>
    public long CountUnsealed(Contest contest) => Look(() => _connection.ExecuteScalar<long>(Statements.CountUnsealed, Of(contest)));

    private static object Of(Contest contest) =>
        new { Challenge = contest.Id, contest.Phase, Entry.TestPhase, contest.Protocol, contest.ToleranceMm };

    private List<T> OnCases<T>(Contest contest, Func<IEnumerable<T>> rows, Func<T, (string Dataset, string Case)> caseOf)
    {
        var cases = contest.Datasets.SelectMany(dataset => dataset.Cases.Select(one => (dataset.Id, one.Id))).ToHashSet();
        return Look(() => rows().Where(row => cases.Contains(caseOf(row))).ToList());
    }
}

/// <summary>One set of structures that results of a case have.</summary>
public sealed record StructureCount
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>An entry with it.</summary>
    public required string EntryId { get; init; }

    /// <summary>Tells sets apart; see <see cref="Is"/>.</summary>
    public required string StructureSet { get; init; }

    /// <summary>Version of the reference masks, 1 for results that do not say.</summary>
    public long ReferenceVersion { get; init; }

    /// <summary>Whether it is the set of some structures.</summary>
    /// <param name="structures">Canonical names, in any order.</param>
    public bool Is(IEnumerable<string> structures) => RowText.StructureSet(structures) == StructureSet;
}

/// <summary>A result of other metrics than its contest's.</summary>
public sealed record OtherMetrics
{
    /// <summary>Its entry.</summary>
    public required string EntryId { get; init; }

    /// <summary>Its dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The protocol that it was scored by.</summary>
    public required string Protocol { get; init; }

    /// <summary>Its NSD tolerance in millimetres.</summary>
    public required double ToleranceMm { get; init; }
}
