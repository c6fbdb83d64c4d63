using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Runs;

/// <summary>The store as an index of the result files, which are the truth.</summary>
public static class ResultIndex
{
    /// <summary>
    /// Opens the store and brings it up to date: files that are new to it are read, and what it knows from files that
    /// are gone or have changed is forgotten first. A file counts as unchanged while its size and time of change are
    /// the same; `touchstone reindex` trusts neither and reads everything. Each file is held against what lies around it once,
    /// when it is read.
    /// </summary>
    /// <param name="workspace">Whose results.</param>
    /// <exception cref="InvalidDataException">A result file is damaged or does not belong where it lies, or the store is damaged.</exception>
    public static ResultStore OpenCurrent(Workspace workspace)
    {
        Directory.CreateDirectory(workspace.Root);
        if (Path.Exists(workspace.StorePath))
        {
            RegularFile.Demand(workspace.StorePath);
        }

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

            var reader = new ResultReader(workspace);
            bool IsNew(SourceFile file) => !known.TryGetValue(file.Path, out var before) || before != file;
            foreach (var file in runs.Where(IsNew))
            {
                store.Add(reader.Read(FullPath(workspace, file)), file);
            }

            foreach (var file in imports.Where(IsNew))
            {
                store.Add(reader.ReadImport(FullPath(workspace, file)), file);
            }

            // The files of results are as they were; that of their entry may have gone or changed since.
            foreach (var entry in store.ReadEntries())
            {
                reader.Demand(entry);
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
        var reader = new ResultReader(workspace);
        List<(CaseResult, SourceFile?)> results =
            [.. ResultFile.FindCurrent(workspace).Select(path => (reader.Read(path), (SourceFile?)Stamp(workspace, path)))];
        List<(ImportedScores Scores, SourceFile?)> imports =
            [.. ImportFile.FindAll(workspace).Select(path => (reader.ReadImport(path), (SourceFile?)Stamp(workspace, path)))];
        ResultStore.Rebuild(workspace.StorePath, results, imports);
        return results.Count + imports.Sum(import => import.Scores.Cases.Count);
    }

    private static SourceFile Stamp(Workspace workspace, string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            RegularFile.Demand(path);
        }

        return new SourceFile(
            Path.GetRelativePath(workspace.Root, path).Replace(Path.DirectorySeparatorChar, '/'), file.Length,
            file.LastWriteTimeUtc.Ticks);
    }

    private static string FullPath(Workspace workspace, SourceFile file) => Path.Combine(workspace.Root, file.Path);
}
