using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Runs;

/// <summary>The store as an index of the result files, which are the truth.</summary>
public static class ResultIndex
{
    /// <summary>
    /// Opens the store and brings it up to date: what it knows from files that are gone is forgotten, then files that are new to
    /// it are read. A file counts as known while its size and time of change are the same; one of which they are not is read
    /// again, and must say what it said: results never change. `touchstone reindex` trusts none of this and takes every file as
    /// it is. Each file is held against what lies around it once, when it is read.
    /// </summary>
    /// <param name="workspace">Whose results.</param>
    /// <exception cref="InvalidDataException">
    /// A result file is damaged, was changed since it was first read, or does not belong where it lies, or the store is damaged.
    /// </exception>
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
            var here = runs.Concat(imports).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var path in known.Keys.Where(path => !here.Contains(path)))
            {
                store.Forget(path);
            }

            var reader = new ResultReader(workspace);
            bool IsNew(SourceFile file) => !known.TryGetValue(file.Path, out var before) || before != file;
            foreach (var file in runs.Where(IsNew))
            {
                Take(FullPath(workspace, file), path => store.Add(reader.Read(path), file));
            }

            foreach (var file in imports.Where(IsNew))
            {
                Take(FullPath(workspace, file), path => store.Add(reader.ReadImport(path), file));
            }

            store.DemandAll();

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

    private static void Take(string path, Action<string> read)
    {
        try
        {
            read(path);
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidDataException(Changed(path), fault);
        }
    }

    /// <summary>What is said of a file whose result is another than the one that was first read there.</summary>
    /// <param name="path">The file.</param>
    internal static string Changed(string path) =>
        $"{path} was changed: it is not what touchstone first read there, and results never change. Restore it from a backup. Only where "
        + "it is right as it is now, `touchstone reindex` takes every file as it is.";

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
