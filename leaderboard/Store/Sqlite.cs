using System.Data;
using Microsoft.Data.Sqlite;

namespace Touchstone.Leaderboard.Store;

/// <summary>Opens SQLite files as Touchstone uses them. SQLite itself comes with the package Microsoft.Data.Sqlite.</summary>
public static class Sqlite
{
    /// <summary>Result code of the exception for a file in a place that may only be read (EROFS).</summary>
    public const int MayOnlyBeRead = 30;

    private const int NoSpace = 28; // ENOSPC, by which a full disk is known everywhere

    /// <summary>Opens a file, making it when it is absent. The caller disposes the connection.</summary>
    /// <param name="path">The file, on a local disk.</param>
    /// <param name="mode">How; <see cref="SqliteOpenMode.ReadOnly"/> makes and changes nothing.</param>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    /// <exception cref="IOException">There is something else in its place.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder, where a database belongs. Move it away.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = 60,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Does something with a file, and says what is wrong with the file where SQLite fails.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wayOut">A sentence for a file that is damaged.</param>
    /// <param name="act">What to do.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The disk is full or fails, the file may not be written, or another process holds it.</exception>
    public static T Guard<T>(string path, string wayOut, Func<T> act)
    {
        try
        {
            return GuardValues(path, wayOut, act);
        }
        catch (SqliteException fault)
        {
            throw Explain(fault, path, wayOut);
        }
    }

    /// <summary>Runs what reads rows. A row with what this program never wrote, such as a word that names no ending, is a damaged file.</summary>
    /// <inheritdoc cref="Guard{T}"/>
    /// <exception cref="SqliteException">The library fails; it is left as it is.</exception>
    public static T GuardValues<T>(string path, string wayOut, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception fault) when (IsOddValue(fault))
        {
            throw Damaged(fault, path, wayOut);
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string path, string wayOut, Action act) => Guard(path, wayOut, () =>
    {
        act();
        return true;
    });

    /// <summary>A fault of SQLite in words for operators.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="path">The file.</param>
    /// <param name="wayOut">A sentence for a file that is damaged.</param>
    public static Exception Explain(SqliteException fault, string path, string wayOut) => fault.SqliteErrorCode switch
    {
        5 or 6 => new IOException($"{path} is held by another process. Try again when that has finished.", fault), // BUSY, LOCKED
        3 or 8 or 14 or 23 => new IOException( // PERM, READONLY, CANTOPEN, AUTH
            $"{path} cannot be written: the file or its folder may only be read. Give this user the right to write there.", fault)
        {
            HResult = MayOnlyBeRead,
        },
        10 => new IOException( // IOERR
            $"{path} cannot be read or written: the disk is full, or fails ({fault.Message}). Make room, or look after the disk.", fault),
        13 => new IOException($"There is no room on the disk for {path}. Make room and try again.", fault) { HResult = NoSpace }, // FULL
        _ => Damaged(fault, path, wayOut),
    };

    private static bool IsOddValue(Exception fault) => fault is FormatException or InvalidCastException or OverflowException or DataException
        || fault.GetType() == typeof(ArgumentException);

    private static InvalidDataException Damaged(Exception fault, string path, string wayOut) =>
        new($"{path} is damaged ({fault.Message}). {wayOut}".TrimEnd(), fault);
}
