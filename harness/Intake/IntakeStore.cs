using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Leaderboard.Store;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness.Intake;

/// <summary>
/// The SQLite file with teams, tokens, uploads, attempts and the queue; README.md describes it. Owns the file and every
/// statement on it. Safe to use from several threads, whose calls take turns, and from several processes.
/// </summary>
public sealed partial class IntakeStore : IDisposable
{
    private const string WayOut = "Restore it from a backup: nothing else knows teams, tokens and attempts.";

    private readonly Lock _turn = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _clock;

    private IntakeStore(SqliteConnection connection, TimeProvider clock) => (_connection, _clock) = (connection, clock);

    /// <summary>Opens the file, making it when it is absent and bringing an older one up to date.</summary>
    /// <param name="path">The file, on a local disk.</param>
    /// <param name="clock">Says what time it is; all processes of a workspace must agree on it to some seconds.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of a newer build, or something else.</exception>
    /// <exception cref="IOException">It cannot be written, or there is something else in its place.</exception>
    public static IntakeStore Open(string path, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        MakePrivate(path);
        Runs.RegularFile.Demand(path);
        return Sqlite.Guard(path, WayOut, () =>
        {
            var connection = Sqlite.Open(path);
            try
            {
                connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
                BringUpToDate(connection, path);
                return new IntakeStore(connection, clock);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });
    }

    /// <summary>Copies the file as it is at one moment, whoever works with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">A file that is not there yet.</param>
    public static void Copy(string path, string copy) => Sqlite.Guard(path, WayOut, () =>
    {
        MakePrivate(copy);
        using var connection = Sqlite.Open(path);
        return connection.Execute("VACUUM INTO @copy", new { copy });
    });

    /// <summary>Makes sure that the file can be read.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Check() => Look(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM (SELECT 1 FROM team LIMIT 1)"));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    private static void BringUpToDate(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        var tables = connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_schema", transaction: transaction);
        if (version > IntakeSchema.Steps.Count || (version == 0 && tables > 0))
        {
            throw new InvalidDataException($"{path} was made by a newer touchstone, or is no intake file.");
        }

        foreach (var step in IntakeSchema.Steps.Skip(version))
        {
            connection.Execute(step, transaction: transaction);
        }

        connection.Execute($"PRAGMA user_version = {IntakeSchema.Steps.Count}", transaction: transaction);
        transaction.Commit();
    }

    private static void MakePrivate(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                new FileStream(path, Runs.DurableFile.ForOwnerOnly()).Dispose();
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was first; it made it the same way.
            }
        }
    }

    /// <summary>One change, whole or not at all. The write lock is taken first, so what it reads stays true.</summary>
    private T Change<T>(Func<SqliteTransaction, T> change)
    {
        lock (_turn)
        {
            return Guard(() =>
            {
                using var transaction = _connection.BeginTransaction(deferred: false);
                var result = change(transaction);
                transaction.Commit();
                return result;
            });
        }
    }

    private void Change(Action<SqliteTransaction> change) => Change(transaction =>
    {
        change(transaction);
        return true;
    });

    private T Look<T>(Func<SqliteConnection, T> look)
    {
        lock (_turn)
        {
            return Guard(() => look(_connection));
        }
    }

    private T Guard<T>(Func<T> act) => Sqlite.GuardValues(_connection.DataSource, WayOut, act);

    private DateTimeOffset Now => _clock.GetUtcNow();

    private string NowText => UtcText.Of(Now);

    private static string NewId() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));

    /// <summary>What somebody wrote in one line, in the form in which it is kept.</summary>
    private static string Line(string what, string? text, int longest) =>
        Usable(PlainText.Fold(text ?? ""), folded => PlainText.Fault(what, folded, longest));

    /// <summary>A name that others are told apart from, in the form in which it is kept.</summary>
    private static string NameLine(string what, string? text, int longest) =>
        Usable(PlainText.Fold(text ?? ""), folded => PlainText.NameFault(what, folded, longest));

    private static string Usable(string text, Func<string, string?> fault) =>
        fault(text) is { } sentence ? throw new IntakeException(IntakeFault.Malformed, sentence) : text;
}
