using Microsoft.Data.Sqlite;

namespace Touchstone.Leaderboard.Store;

/// <summary>Opens SQLite files as Touchstone uses them. SQLite itself comes with the package Microsoft.Data.Sqlite.</summary>
public static class Sqlite
{
    /// <summary>Opens a file, making it when it is absent. The caller disposes the connection.</summary>
    /// <param name="path">The file, on a local disk.</param>
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
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
