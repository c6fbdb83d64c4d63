using System.Globalization;
using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Results as files of a workspace: the truth that the index is made from. Written once, never changed.
/// </summary>
public static class ResultFile
{
    /// <summary>Name of the file in a case's folder.</summary>
    public const string Name = "result.json";

    private const string RescoredFolder = "rescored";

    /// <summary>Keeps a result.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="result">The result.</param>
    /// <returns>The result that holds: this one, or the one that was there already.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static CaseResult Write(Workspace workspace, CaseResult result)
    {
        var path = workspace.ResultPath(result.Entry.Id, result.Case.Dataset, result.Case.Case);
        var text = ResultJson.Write(result);

        // As it will be read from now on: half a sign in a name that a container chose is another one in the file.
        return DurableFile.WriteOnce(path, text) ? ResultJson.Read(text) : Read(path);
    }

    /// <summary>Keeps new scores of a case that has its result, one file per reference version.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="result">The run's result with the new scores and what they were made from.</param>
    /// <returns>False when there are scores of that version already; they are left as they are.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static bool WriteRescored(Workspace workspace, CaseResult result) => DurableFile.WriteOnce(
        Path.Combine(
            OwnFolder.Below(workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), RescoredFolder),
            string.Create(CultureInfo.InvariantCulture, $"{result.Reference!.Version}.json")),
        ResultJson.Write(result));

    /// <summary>
    /// For every case that has a result the file that holds: its newest scores where it was scored again, else the run's
    /// own, in the order of the cases' paths.
    /// </summary>
    /// <param name="workspace">Where.</param>
    public static IEnumerable<string> FindCurrent(Workspace workspace) => FindAll(workspace).Select(Newest);

    /// <summary>The same of one entry.</summary>
    /// <param name="folder">Its folder below <see cref="Workspace.RunsPath"/>; it may be absent.</param>
    internal static IEnumerable<string> FindCurrent(string folder) => Below(folder, levels: 2).Select(Newest);

    /// <summary>Every file of a case that has scores: the run's result, and newer scores, the newest last.</summary>
    /// <param name="result">A file that <see cref="FindAll"/> gave.</param>
    internal static IReadOnlyList<string> Versions(string result)
    {
        var folder = OwnFolder.Below(Path.GetDirectoryName(result)!, RescoredFolder);
        string[] files = Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, "*.json") : [];
        return [result, .. files.Where(file => Version(file) > 0).OrderBy(Version)];
    }

    /// <summary>The file that holds of a case that has a result.</summary>
    /// <param name="folder">The case's folder.</param>
    internal static string Current(string folder) => Newest(Path.Combine(folder, Name));

    /// <summary>Whether a case has anything by the name of its result, be it a file or not: it is not run again.</summary>
    /// <param name="folder">The case's folder.</param>
    internal static bool IsIn(string folder) => Path.Exists(Path.Combine(folder, Name));

    /// <summary>Reads a result.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It is no result, one of another schema, its checksum does not fit, or it contradicts itself.
    /// </exception>
    /// <exception cref="IOException">There is something else in its place.</exception>
    public static CaseResult Read(string path)
    {
        try
        {
            var result = ResultJson.Read(RegularFile.ReadAllBytes(path));
            return ResultFault.Of(result) is { } fault ? throw new JsonException(fault) : result;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(
                $"{path} cannot be used: {JsonWords.Of(fault)} Restore it from a backup, or move it away to run that case again.", fault);
        }
    }

    /// <summary>The version in the name of a file of new scores; null for the run's own result.</summary>
    /// <param name="path">A file that <see cref="FindCurrent(Workspace)"/> gave.</param>
    internal static int? RescoredVersion(string path) => Path.GetFileName(path) == Name ? null : Version(path);

    private static string Newest(string path)
    {
        var folder = OwnFolder.Below(Path.GetDirectoryName(path)!, RescoredFolder);
        return !Directory.Exists(folder) ? path : Directory.EnumerateFileSystemEntries(folder, "*.json")
            .Select(file => (File: file, Version: Version(file)))
            .Where(one => one.Version > 0)
            .OrderByDescending(one => one.Version)
            .Select(one => one.File)
            .FirstOrDefault(path);
    }

    private static int Version(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version : 0;

    /// <summary>Every result file of a workspace, in the order of their paths.</summary>
    /// <param name="workspace">Where.</param>
    public static IEnumerable<string> FindAll(Workspace workspace) => Below(workspace.RunsPath, levels: 3);

    /// <summary>Results lie at one depth: what a container left further below is none, whatever its name.</summary>
    private static IEnumerable<string> Below(string folder, int levels)
    {
        IEnumerable<string> folders = [folder];
        for (var level = 0; level < levels; level++)
        {
            folders = folders.SelectMany(OwnFolder.Folders);
        }

        return folders.Where(IsIn).Select(one => Path.Combine(one, Name)).Order(StringComparer.Ordinal);
    }

    /// <summary>Every result of a workspace, one after another, in the order of their paths.</summary>
    /// <param name="workspace">Where.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IEnumerable<CaseResult> ReadAll(Workspace workspace) => FindAll(workspace).Select(Read);
}
