using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Runs;

/// <summary>The store as an index of the result files, which are the truth.</summary>
public static class ResultIndex
{
    /// <summary>
    /// Opens the store and adds what is missing from it: a process killed between writing a result and indexing it leaves
    /// the file only.
    /// </summary>
    /// <param name="workspace">Whose results.</param>
    /// <exception cref="InvalidDataException">A result file is damaged, or the store is of another version.</exception>
    public static ResultStore OpenCurrent(Workspace workspace)
    {
        Directory.CreateDirectory(workspace.Root);
        var store = ResultStore.Open(workspace.StorePath);
        try
        {
            foreach (var result in ResultFile.ReadAll(workspace))
            {
                store.Add(result);
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
    /// <returns>Number of results.</returns>
    /// <exception cref="WorkspaceBusyException">Another process runs in the workspace.</exception>
    /// <exception cref="InvalidDataException">A result file is damaged.</exception>
    public static int Rebuild(Workspace workspace)
    {
        using var hold = workspace.Lock();
        var results = ResultFile.ReadAll(workspace).ToList();
        ResultStore.Rebuild(workspace.StorePath, results);
        return results.Count;
    }
}
