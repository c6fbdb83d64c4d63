using System.Globalization;
using System.Text.Json;
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
        return DurableFile.WriteOnce(path, ResultJson.Write(result)) ? result : Read(path);
    }

    /// <summary>Keeps new scores of a case that has its result, one file per reference version.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="result">The run's result with the new scores and what they were made from.</param>
    /// <returns>False when there are scores of that version already; they are left as they are.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static bool WriteRescored(Workspace workspace, CaseResult result) => DurableFile.WriteOnce(
        Path.Combine(
            workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case),
            RescoredFolder,
            string.Create(CultureInfo.InvariantCulture, $"{result.Reference!.Version}.json")),
        ResultJson.Write(result));

    /// <summary>
    /// For every case that has a result the file that holds: its newest scores where it was scored again, else the run's
    /// own, in the order of the cases' paths.
    /// </summary>
    /// <param name="workspace">Where.</param>
    public static IEnumerable<string> FindCurrent(Workspace workspace) => FindAll(workspace).Select(Newest);

    /// <summary>Reads a result.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no result, or one of another schema.</exception>
    public static CaseResult Read(string path)
    {
        try
        {
            return ResultJson.Read(File.ReadAllBytes(path));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no result: {fault.Message} Move it away to run that case again.", fault);
        }
    }

    private static string Newest(string path)
    {
        var folder = Path.Combine(Path.GetDirectoryName(path)!, RescoredFolder);
        return !Directory.Exists(folder) ? path : Directory.EnumerateFiles(folder, "*.json")
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
    public static IEnumerable<string> FindAll(Workspace workspace) => Directory.Exists(workspace.RunsPath)
        ? Directory.EnumerateFiles(workspace.RunsPath, Name, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Every result of a workspace, one after another, in the order of their paths.</summary>
    /// <param name="workspace">Where.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IEnumerable<CaseResult> ReadAll(Workspace workspace) => FindAll(workspace).Select(Read);
}
