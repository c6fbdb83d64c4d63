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
    public ResultSet Results(Contest contest)
    {
        lock (_turn)
        {
            var snapshot = StoreSnapshot.Open(_path, contest.Id);
            _snapshots.Add(snapshot);
            var wanted = contest.Datasets
                .SelectMany(dataset => dataset.Cases.Select(one => (dataset.Id, one.Id))).ToHashSet();
            return new ResultSet(
                [.. snapshot.Entries.Where(entry =>
                    (entry.Phase ?? Entry.TestPhase) == contest.Phase && snapshot.HasAny(entry.Id, wanted))],
                id => [.. snapshot.Read(id).Where(result => wanted.Contains((result.Case.Dataset, result.Case.Case)))]);
        }
    }

    /// <summary>The same, all in memory.</summary>
    /// <param name="contest">The contest.</param>
    public IReadOnlyList<CaseResult> Read(Contest contest) => [.. Results(contest)];

    /// <summary>Every result of a challenge's entries, also on cases that no longer count, in memory.</summary>
    /// <param name="challenge">Id of the challenge.</param>
    /// <returns>By entry id, dataset id and case id, in ordinal order.</returns>
    public IReadOnlyList<CaseResult> ReadChallenge(string challenge)
    {
        using var snapshot = StoreSnapshot.Open(_path, challenge);
        return [.. snapshot.Entries.SelectMany(entry => snapshot.Read(entry.Id))];
    }

    /// <summary>Cases of a contest on which its results call different reference masks by one version.</summary>
    /// <param name="contest">The contest.</param>
    /// <returns>By dataset, case and version; empty when all is well.</returns>
    public IReadOnlyList<(string Dataset, string Case, long Version)> FindMixedReferences(Contest contest)
    {
        lock (_turn)
        {
            var cases = contest.Datasets.ToDictionary(
                dataset => dataset.Id, dataset => dataset.Cases.Select(one => one.Id).ToHashSet(StringComparer.Ordinal));
            return [.. _connection.Query<(string Dataset, string Case, long Version)>(
                    Statements.SelectMixedReferences,
                    new { Challenge = contest.Id, contest.Phase, Entry.TestPhase })
                .Where(one => cases.TryGetValue(one.Dataset, out var known) && known.Contains(one.Case))];
        }
    }
}
