using System.Data;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>A file that the store was filled from, as it was when it was read.</summary>
/// <param name="Path">Relative to the workspace, with forward slashes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Stamp">Time of the last change, in ticks of UTC.</param>
public sealed record SourceFile(string Path, long Bytes, long Stamp);

/// <summary>Results that were scored against one version of a dataset's reference masks.</summary>
public sealed record ReferenceCount
{
    /// <summary>Id of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The version; null for results that do not say.</summary>
    public required long? Version { get; init; }

    /// <summary>How many.</summary>
    public required long Results { get; init; }

    /// <summary>How many of them were scored again and have earlier scores too.</summary>
    public required long Rescored { get; init; }
}

/// <summary>Imports, and the files that everything came from.</summary>
public sealed partial class ResultStore
{
    /// <summary>Adds imported scores. Adding the same ones again changes nothing.</summary>
    /// <param name="scores">What to add.</param>
    /// <param name="file">The file that it was read from; null to leave that unsaid.</param>
    /// <returns>False when the same scores were there already.</returns>
    /// <exception cref="InvalidOperationException">
    /// The store has other scores of this entry on this dataset.
    /// </exception>
    /// <exception cref="InvalidDataException">It calls another entry by this id.</exception>
    public bool Add(ImportedScores scores, SourceFile? file = null) => Change(transaction =>
    {
        var added = Insert(_connection, transaction, scores);
        InsertFile(_connection, transaction, file, new ResultKey(scores.Entry.Id, scores.Dataset, null));
        return added;
    });

    /// <summary>The imported scores that a contest's ranking needs: those on its datasets.</summary>
    /// <param name="contest">The contest.</param>
    /// <returns>By entry id and dataset id, in ordinal order.</returns>
    public IReadOnlyList<ImportedScores> ReadImports(Contest contest) => Look<IReadOnlyList<ImportedScores>>(() =>
    [
        .. _connection.Query<(string Content, string Sha256)>(Statements.SelectImports, new { Challenge = contest.Id })
            .Select(row => RowText.Digest(Encoding.UTF8.GetBytes(row.Content)) == row.Sha256
                ? ReadImport(row.Content) : throw new DataException("imported scores in it are not those that were written"))
            .Where(scores => (scores.Entry.Phase ?? Entry.TestPhase) == contest.Phase
                && contest.Datasets.Any(dataset => dataset.Id == scores.Dataset)),
    ]);

    /// <summary>How many results were scored against which version of a dataset's reference masks.</summary>
    /// <returns>By dataset and version; the version is null for results that do not say.</returns>
    public IReadOnlyList<ReferenceCount> ReadReferenceCounts() =>
        Look(() => _connection.Query<ReferenceCount>(Statements.CountReferences).ToList());

    /// <summary>The files that the store was filled from, by path in ordinal order.</summary>
    public IReadOnlyList<SourceFile> ReadFiles() => Look(() =>
        _connection.Query<(string Path, long Bytes, long Stamp)>(Statements.SelectFiles)
            .Select(row => new SourceFile(row.Path, row.Bytes, row.Stamp)).ToList());

    /// <summary>Makes sure that of every file that the store was filled from it has what boards look for.</summary>
    /// <exception cref="InvalidDataException">It has not: the store is damaged.</exception>
    public void DemandAll() => Look(() => _connection.QueryFirstOrDefault<string>(Statements.SelectLost) is not { } path
        ? true : throw new DataException($"what {path} told is not in it"));

    /// <summary>Takes away what a file told, because it is gone.</summary>
    /// <param name="path">Path of <see cref="SourceFile"/>; one that is unknown changes nothing.</param>
    public void Forget(string path) =>
        Change(transaction => _connection.Execute(Statements.DeleteFile, new { Path = path }, transaction));

    /// <summary>The text was written by us: one that cannot be read is damage of the store.</summary>
    private ImportedScores ReadImport(string text)
    {
        try
        {
            return ImportedJson.Read(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{_path} is damaged: {JsonWords.Of(fault)} {WayOut}", fault);
        }
    }

    private static bool Insert(SqliteConnection connection, SqliteTransaction transaction, ImportedScores scores)
    {
        var content = ImportedJson.Write(scores);
        var key = new { EntryId = scores.Entry.Id, scores.Dataset };
        var sha256 = RowText.Digest(content);
        var known = connection.QuerySingleOrDefault<string>(
            "SELECT sha256 FROM import WHERE entry_id = @EntryId AND dataset = @Dataset", key, transaction);
        if (known is not null)
        {
            return known == sha256 ? false : throw new InvalidOperationException(
                $"The store has other imported scores of {scores.Entry.Id} on {scores.Dataset}; a corrected study is "
                + "imported under another name.");
        }

        InsertEntry(connection, transaction, EntryRow.Of(scores.Entry));
        connection.Execute(
            Statements.InsertImport,
            new { key.EntryId, key.Dataset, Sha256 = sha256, Content = Encoding.UTF8.GetString(content) }, transaction);
        return true;
    }

    private static void InsertFile(
        SqliteConnection connection, SqliteTransaction transaction, SourceFile? file, ResultKey key)
    {
        if (file is not null)
        {
            connection.Execute(
                Statements.InsertFile,
                new { file.Path, file.Bytes, file.Stamp, key.EntryId, key.Dataset, key.CaseId }, transaction);
        }
    }
}
