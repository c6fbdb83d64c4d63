using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>A result, or the scores of an import, by what it says.</summary>
/// <param name="Entry">Id of the entry.</param>
/// <param name="Dataset">Id of the dataset.</param>
/// <param name="Case">Id of the case; null for an import.</param>
/// <param name="Sha256">Of its text: two are the same exactly when these are.</param>
public readonly record struct StoredDigest(string Entry, string Dataset, string? Case, string Sha256)
{
    /// <summary>That of a result.</summary>
    /// <param name="result">The result.</param>
    public static StoredDigest Of(CaseResult result) =>
        new(result.Entry.Id, result.Case.Dataset, result.Case.Case, RowText.Digest(result));

    /// <summary>That of imported scores.</summary>
    /// <param name="scores">The scores.</param>
    public static StoredDigest Of(ImportedScores scores) =>
        new(scores.Entry.Id, scores.Dataset, null, RowText.Digest(scores));
}

/// <content>Comparing the store with what it was filled from.</content>
public sealed partial class ResultStore
{
    /// <summary>Opens a store to look into it, and changes nothing.</summary>
    /// <param name="path">The file, which is there.</param>
    /// <returns>Null for one of an older build, which the next command fills anew.</returns>
    /// <exception cref="InvalidDataException">It is damaged, no store, or of a newer build.</exception>
    public static ResultStore? OpenAsItIs(string path) => Sqlite.Guard<ResultStore?>(path, WayOut, () =>
    {
        var connection = Sqlite.Open(path, SqliteOpenMode.ReadOnly);
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (version == Schema.Version)
        {
            return new ResultStore(connection, path);
        }

        connection.Dispose();
        return version is > 0 and < Schema.Version ? null : throw new InvalidDataException(
            $"{path} is of a newer touchstone, or no store of results at all. {WayOut}");
    });

    /// <summary>Everything that the store holds, made from its rows: what they were when they were written does not count.</summary>
    /// <returns>An entry's results at a time.</returns>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IEnumerable<StoredDigest> ReadDigests()
    {
        foreach (var challenge in ReadEntries().Select(entry => entry.Challenge).Distinct().Order(StringComparer.Ordinal))
        {
            using var snapshot = Look(() => StoreSnapshot.Open(_path, challenge, SqliteOpenMode.ReadOnly));
            foreach (var entry in snapshot.Entries)
            {
                foreach (var result in Look(() => Rows(snapshot, entry.Id)))
                {
                    yield return StoredDigest.Of(result);
                }
            }
        }

        foreach (var text in Look(() => _connection.Query<string>(Statements.SelectAllImports).ToList()))
        {
            yield return StoredDigest.Of(ReadImport(text));
        }
    }

    private IReadOnlyList<CaseResult> Rows(StoreSnapshot snapshot, string entry)
    {
        try
        {
            return snapshot.Read(entry);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException($"{_path} is damaged: {fault.Message} {WayOut}", fault);
        }
    }
}
