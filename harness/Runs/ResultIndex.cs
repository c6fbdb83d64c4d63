using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Runs;

/// <summary>The store as an index of the result files, which are the truth.</summary>
public static class ResultIndex
{
    /// <summary>
    /// Opens the store and brings it up to date: files that are new to it are read, and what it knows from files that
    /// are gone or have changed is forgotten first. A file counts as unchanged while its size and time of change are
    /// the same; `touchstone reindex` trusts neither and reads everything.
    /// </summary>
    /// <param name="workspace">Whose results.</param>
    /// <exception cref="InvalidDataException">A result file is damaged, or the store is of another version.</exception>
    public static ResultStore OpenCurrent(Workspace workspace)
    {
        Directory.CreateDirectory(workspace.Root);
        var store = ResultStore.Open(workspace.StorePath);
        try
        {
            var known = store.ReadFiles().ToDictionary(file => file.Path, StringComparer.Ordinal);
            var runs = ResultFile.FindCurrent(workspace).Select(path => Stamp(workspace, path)).ToList();
            var imports = ImportFile.FindAll(workspace).Select(path => Stamp(workspace, path)).ToList();
            var here = runs.Concat(imports).ToHashSet();
            foreach (var file in known.Values.Where(file => !here.Contains(file)))
            {
                store.Forget(file.Path);
            }

            bool IsNew(SourceFile file) => !known.TryGetValue(file.Path, out var before) || before != file;
            foreach (var file in runs.Where(IsNew))
            {
                store.Add(ResultFile.Read(FullPath(workspace, file)), file);
            }

            foreach (var file in imports.Where(IsNew))
            {
                store.Add(ImportFile.Read(FullPath(workspace, file)), file);
            }

            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Makes the store anew from the result files alone.</summary>
    /// <param name="workspace">Whose results.</param>
    /// <returns>Number of results, each case of an import counted.</returns>
    /// <exception cref="WorkspaceBusyException">Another process runs in the workspace.</exception>
    /// <exception cref="InvalidDataException">A result file is damaged.</exception>
    public static int Rebuild(Workspace workspace)
    {
        using var hold = workspace.Lock();
        List<(CaseResult, SourceFile?)> results =
            [.. ResultFile.FindCurrent(workspace).Select(path => (ResultFile.Read(path), (SourceFile?)Stamp(workspace, path)))];
        List<(ImportedScores Scores, SourceFile?)> imports =
            [.. ImportFile.FindAll(workspace).Select(path => (ImportFile.Read(path), (SourceFile?)Stamp(workspace, path)))];
        ResultStore.Rebuild(workspace.StorePath, results, imports);
        return results.Count + imports.Sum(import => import.Scores.Cases.Count);
    }

    private static SourceFile Stamp(Workspace workspace, string path)
    {
        var file = new FileInfo(path);
        return new SourceFile(
            Path.GetRelativePath(workspace.Root, path).Replace(Path.DirectorySeparatorChar, '/'), file.Length,
            file.LastWriteTimeUtc.Ticks);
    }

    private static string FullPath(Workspace workspace, SourceFile file) => Path.Combine(workspace.Root, file.Path);
}
