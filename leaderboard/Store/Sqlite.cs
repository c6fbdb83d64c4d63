using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Touchstone.Leaderboard.Store;

/// <summary>
/// Opens SQLite files with the system's own library, which gets its security updates from the system.
/// </summary>
public static class Sqlite
{
    /// <summary>STRICT tables came with this version.</summary>
    private static readonly Version Oldest = new(3, 37);

    static Sqlite()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }

    /// <summary>Opens a file, making it when it is absent. The caller disposes the connection.</summary>
    /// <param name="path">The file, on a local disk.</param>
    /// <exception cref="NotSupportedException">The system's SQLite is older than 3.37.</exception>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = 60,
        }.ConnectionString);
        try
        {
            connection.Open();
            Refuse(connection.ServerVersion);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Throws for a library without STRICT tables.</summary>
    /// <exception cref="NotSupportedException">The version is older than 3.37.</exception>
    internal static void Refuse(string version)
    {
        if (Version.Parse(version) < Oldest)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"SQLite {version} is installed; {Oldest} or newer is needed."));
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == "e_sqlite3"
        && (NativeLibrary.TryLoad("libsqlite3.so.0", out var library) || NativeLibrary.TryLoad("sqlite3", out library))
            ? library
            : 0;
}
