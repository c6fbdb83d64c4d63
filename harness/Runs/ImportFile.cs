using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Imported scores as files of a workspace, one per method and dataset: written once, never changed.
/// </summary>
public static class ImportFile
{
    /// <summary>Name of the file in a method's folder.</summary>
    public const string Name = "scores.json";

    /// <summary>Keeps imported scores.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="scores">The scores.</param>
    /// <returns>False when there are some of that method on that dataset; they are left as they are.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static bool Write(Workspace workspace, ImportedScores scores) =>
        DurableFile.WriteOnce(workspace.ImportPath(scores.Dataset, scores.Entry.Id), ImportedJson.Write(scores));

    /// <summary>Reads imported scores.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It holds none, some of another schema, its checksum does not fit, or it contradicts itself.
    /// </exception>
    /// <exception cref="IOException">There is something else in its place.</exception>
    public static ImportedScores Read(string path)
    {
        try
        {
            var scores = ImportedJson.Read(RegularFile.ReadAllBytes(path));
            return ResultFault.Of(scores) is { } fault ? throw new JsonException(fault) : scores;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(
                $"{path} cannot be used: {JsonWords.Of(fault)} Restore it from a backup, or move it away and import the study again.", fault);
        }
    }

    /// <summary>Every such file of a workspace, in the order of their paths.</summary>
    /// <param name="workspace">Where.</param>
    public static IEnumerable<string> FindAll(Workspace workspace) => OwnFolder.Folders(workspace.ImportsPath).SelectMany(OwnFolder.Folders)
        .Select(folder => Path.Combine(folder, Name)).Where(Path.Exists).Order(StringComparer.Ordinal);
}
