using Microsoft.Data.Sqlite;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Damages SQLite files as other programs and older versions do: wrong values, missing tables, another schema.</summary>
internal static class StoreDamage
{
    private static readonly string[] Values =
        ["NULL", "''", "'x'", "-1", "0", "1e308", "9e999", "9223372036854775807", "x'00ff'", "'null'", "'[]'", "'{}'", "'9999-99-99'", "'[/]'"];

    /// <summary>Damages a store in place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="random">Decides how.</param>
    public static void Apply(string path, Random random)
    {
        using var store = new SqliteConnection($"Data Source={path};Pooling=False");
        store.Open();
        Do(store, "PRAGMA ignore_check_constraints = on");
        Do(store, "PRAGMA foreign_keys = off");
        var tables = Ask(store, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        var table = tables[random.Next(tables.Count)];
        var columns = Ask(store, $"SELECT name FROM pragma_table_info('{table}')");
        var column = columns[random.Next(columns.Count)];
        switch (random.Next(10))
        {
            case 0:
                Do(store, $"DROP TABLE \"{table}\"");
                break;
            case 1:
                Do(store, $"ALTER TABLE \"{table}\" DROP COLUMN \"{column}\"");
                break;
            case 2:
                Do(store, $"PRAGMA user_version = {random.Next(-1, 100)}");
                break;
            case 3:
                Do(store, $"DELETE FROM \"{table}\"");
                break;
            case 4:
                Do(store, $"ALTER TABLE \"{table}\" RENAME TO other");
                break;
            default:
                Do(store, $"UPDATE \"{table}\" SET \"{column}\" = {Values[random.Next(Values.Length)]}");
                break;
        }
    }

    private static void Do(SqliteConnection store, string sql)
    {
        try
        {
            using var command = store.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // The store's own rules hold: this damage cannot be done by its means.
        }
    }

    private static List<string> Ask(SqliteConnection store, string sql)
    {
        using var command = store.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var answer = new List<string>();
        while (rows.Read())
        {
            answer.Add(rows.GetString(0));
        }

        return answer;
    }
}
