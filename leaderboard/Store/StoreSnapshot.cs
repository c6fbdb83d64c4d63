using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>
/// The results of a challenge as they were at one moment, over a connection of their own: a site is written in several
/// passes over them, which must all see the same. Safe to use from several threads, whose calls take turns.
/// </summary>
internal sealed class StoreSnapshot : IDisposable
{
    private readonly Lock _turn = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _moment;
    private readonly Dictionary<string, Entry> _entries;
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);

    private StoreSnapshot(SqliteConnection connection, string challenge)
    {
        _connection = connection;
        _moment = connection.BeginTransaction(deferred: true);
        Entries = [.. connection.Query<EntryRow>(Statements.SelectEntries, new { Challenge = challenge }, _moment)
            .Select(row => row.ToEntry())];
        _entries = Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
    }

    /// <summary>The challenge's entries, by id in ordinal order.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Holds the present moment fast.</summary>
    /// <param name="path">File of the store.</param>
    /// <param name="challenge">Id of the challenge.</param>
    /// <param name="mode">How the file is opened.</param>
    public static StoreSnapshot Open(string path, string challenge, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate) =>
        new(Sqlite.Open(path, mode), challenge);

    /// <summary>Whether an entry has a result on one of some cases.</summary>
    /// <param name="entry">Id of the entry.</param>
    /// <param name="cases">The cases.</param>
    public bool HasAny(string entry, IReadOnlySet<(string Dataset, string Case)> cases)
    {
        lock (_turn)
        {
            return _connection.Query<(string, string)>(
                Statements.SelectCases, new { Entry = entry }, _moment, buffered: false).Any(cases.Contains);
        }
    }

    /// <summary>Every result of an entry, by dataset id and case id in ordinal order.</summary>
    /// <param name="entry">Id of the entry.</param>
    /// <exception cref="DataException">
    /// The file is damaged: a row is not the one that was written, or, where SQLite itself does not look, there twice.
    /// </exception>
    public IReadOnlyList<CaseResult> Read(string entry)
    {
        lock (_turn)
        {
            var of = new { Entry = entry };
            using var command = _connection.CreateCommand();
            (command.Transaction, command.CommandText) = (_moment, Statements.SelectScores);
            command.Parameters.AddWithValue("@Entry", entry);
            var scores = ScoreReader.Read(command)
                .ToDictionary(group => new ResultKey(entry, group.Dataset, group.CaseId), group => group.Scores);
            var outputs = _connection.Query<OutputRow>(Statements.SelectOutputs, of, _moment).ToLookup(row => row.Key);
            var rows = _connection.Query<ResultRow>(Statements.SelectResults, of, _moment).AsList();
            if (rows.DistinctBy(row => row.Key).Count() < rows.Count)
            {
                throw new DataException($"it has a result of {entry} twice");
            }

            var results = rows.ConvertAll(
                row => row.ToResult(_entries[row.EntryId], scores.GetValueOrDefault(row.Key, []), outputs[row.Key]));
            if (!_whole.Contains(entry)) // a board reads an entry several times, always at this moment
            {
                Demand(rows, results);
                _whole.Add(entry);
            }

            return results;
        }
    }

    private static void Demand(List<ResultRow> rows, List<CaseResult> results)
    {
        foreach (var (row, result) in rows.Zip(results))
        {
            if (row.Sha256 != RowText.Digest(result) || row.StructureSet != RowText.StructureSet(result.Scores.Select(score => score.Structure)))
            {
                throw new DataException($"the result of {row.EntryId} on {row.Dataset}/{row.CaseId} in it is not the one that was written");
            }
        }
    }

    /// <summary>Lets the moment go.</summary>
    public void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
    }
}
