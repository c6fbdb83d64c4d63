using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>
/// The SQLite file with every result. It is an index of the result files and can be rebuilt from them at any time, so
/// losing it loses nothing. Owns the file and every statement on it; safe to use from several threads, whose calls take
/// turns. The file must lie on a local disk, because SQLite's write-ahead log does not work over a network.
/// </summary>
public sealed partial class ResultStore : IDisposable
{
    private const string WayOut = "`touchstone reindex` makes it again from the result files.";

    private readonly Lock _turn = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private ResultStore(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a store, making an empty one when the file is absent.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, no store, or one of a newer version: rebuild it.</exception>
    /// <exception cref="IOException">It cannot be written: a full disk, a folder that may only be read.</exception>
    public static ResultStore Open(string path) => Sqlite.Guard(path, WayOut, () =>
    {
        var connection = Sqlite.Open(path);
        try
        {
            MakeOrCheck(connection, path);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            return new ResultStore(connection, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>
    /// Writes a new store beside the old one and puts it in its place, so that a reader finds either of them whole.
    /// Results are written in one canonical order: the same results give the same bytes. No other process may have the
    /// old one open.
    /// </summary>
    /// <param name="path">The file to replace, or to make.</param>
    /// <param name="results">
    /// Every result, in any order, with its file where there is one; the same one twice is harmless.
    /// </param>
    /// <param name="imports">Every import, likewise; null for none.</param>
    /// <exception cref="InvalidOperationException">Two different results of one entry on one case.</exception>
    public static void Rebuild(
        string path, IEnumerable<(CaseResult Result, SourceFile? File)> results,
        IEnumerable<(ImportedScores Scores, SourceFile? File)>? imports = null)
    {
        var beside = path + ".rebuild";
        Remove(beside);
        Sqlite.Guard(beside, "", () => Fill(beside, results, imports ?? []));

        // The old write-ahead log belongs to the old file and must not be replayed into the new one.
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        File.Move(beside, path, overwrite: true);
    }

    private static void Fill(
        string path, IEnumerable<(CaseResult Result, SourceFile? File)> results,
        IEnumerable<(ImportedScores Scores, SourceFile? File)> imports)
    {
        using (var connection = Sqlite.Open(path))
        {
            connection.Execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;");
            using var transaction = connection.BeginTransaction(deferred: false);
            Make(connection, transaction);
            foreach (var (result, file) in results
                .OrderBy(one => one.Result.Entry.Id, StringComparer.Ordinal)
                .ThenBy(one => one.Result.Case.Dataset, StringComparer.Ordinal)
                .ThenBy(one => one.Result.Case.Case, StringComparer.Ordinal))
            {
                Insert(connection, transaction, result);
                InsertFile(connection, transaction, file, ResultKey.Of(result));
            }

            foreach (var (scores, file) in imports
                .OrderBy(one => one.Scores.Entry.Id, StringComparer.Ordinal)
                .ThenBy(one => one.Scores.Dataset, StringComparer.Ordinal))
            {
                Insert(connection, transaction, scores);
                InsertFile(connection, transaction, file, new ResultKey(scores.Entry.Id, scores.Dataset, null));
            }

            transaction.Commit();
        }
    }

    /// <summary>Adds a result, all of it or nothing. Adding the same result again changes nothing.</summary>
    /// <param name="result">What to add.</param>
    /// <param name="file">The file that it was read from; null to leave that unsaid.</param>
    /// <returns>False when the same result was there already.</returns>
    /// <exception cref="InvalidOperationException">
    /// The store has a different result of this entry on this case.
    /// </exception>
    /// <exception cref="InvalidDataException">It calls another entry by this id.</exception>
    public bool Add(CaseResult result, SourceFile? file = null) => Change(transaction =>
    {
        var added = Insert(_connection, transaction, result);
        InsertFile(_connection, transaction, file, ResultKey.Of(result));
        return added;
    });

    /// <summary>Closes the file, also for the results that were given out to be read.</summary>
    public void Dispose()
    {
        foreach (var snapshot in _snapshots)
        {
            snapshot.Dispose();
        }

        _connection.Dispose();
    }

    private T Change<T>(Func<SqliteTransaction, T> change) => Look(() =>
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var result = change(transaction);
        transaction.Commit();
        return result;
    });

    /// <summary>Everything goes through here: one call at a time, and faults of SQLite in words of ours.</summary>
    private T Look<T>(Func<T> look)
    {
        lock (_turn)
        {
            return Sqlite.Guard(_path, WayOut, look);
        }
    }

    private static void MakeOrCheck(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        var tables = connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_schema", transaction: transaction);
        if (tables == 0)
        {
            Make(connection, transaction);
        }
        else if (version is > 0 and < Schema.Version)
        {
            // An index of an older build: what it was filled from is read again, and looked at as this build does.
            connection.Execute(Schema.Drop, transaction: transaction);
            Make(connection, transaction);
        }
        else if (version != Schema.Version)
        {
            throw new InvalidDataException(
                $"{path} is of a newer touchstone, or no store of results at all. {WayOut}");
        }

        transaction.Commit();
    }

    private static void Make(SqliteConnection connection, SqliteTransaction transaction) =>
        connection.Execute($"{Schema.Create}\nPRAGMA user_version = {Schema.Version};", transaction: transaction);

    private static bool Insert(SqliteConnection connection, SqliteTransaction transaction, CaseResult result)
    {
        var row = ResultRow.Of(result);
        var known = connection.QuerySingleOrDefault<string>("""
            SELECT sha256 FROM result WHERE entry_id = @EntryId AND dataset = @Dataset AND case_id = @CaseId
            """, ResultKey.Of(result), transaction);
        if (known is not null)
        {
            return known == row.Sha256 ? false : throw new InvalidOperationException(
                $"The store has another result of entry {result.Entry.Id} on {result.Case.Dataset}/{result.Case.Case}; "
                + "results are never changed, so a re-run needs a new entry.");
        }

        InsertEntry(connection, transaction, EntryRow.Of(result.Entry));
        connection.Execute(Statements.InsertResult, row, transaction);
        connection.Execute(Statements.InsertScore, StructureRow.Of(result), transaction);
        connection.Execute(Statements.InsertOutput, OutputRow.Of(result), transaction);
        return true;
    }

    private static void InsertEntry(SqliteConnection connection, SqliteTransaction transaction, EntryRow entry)
    {
        var known = connection.QuerySingleOrDefault<EntryRow>(Statements.SelectEntry, new { entry.Id }, transaction);
        if (known is null)
        {
            connection.Execute(Statements.InsertEntry, entry, transaction);
        }
        else if (known != entry)
        {
            _ = known.ToEntry(); // which refuses a row that was damaged
            Merge(connection, transaction, known, entry);
        }
    }

    /// <summary>
    /// A study that came in parts was accepted part by part, and older imports noted the time of each: the entry is as old as
    /// its first part.
    /// </summary>
    private static void Merge(SqliteConnection connection, SqliteTransaction transaction, EntryRow known, EntryRow entry)
    {
        if (entry.Origin != nameof(EntryOrigin.Imported) || known with { ReceivedAt = entry.ReceivedAt, Sha256 = entry.Sha256 } != entry)
        {
            throw new InvalidDataException(
                $"The workspace has two different entries by the id {entry.Id}: {known.Team} / {known.Name} and {entry.Team} / "
                + $"{entry.Name}. Take away the files of one.");
        }

        if (string.CompareOrdinal(entry.ReceivedAt, known.ReceivedAt) < 0)
        {
            connection.Execute(
                "UPDATE entry SET received_at = @ReceivedAt, sha256 = @Sha256 WHERE id = @Id", entry, transaction);
        }
    }

    private static void Remove(string path)
    {
        foreach (var suffix in new[] { "", "-journal", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }
    }
}
