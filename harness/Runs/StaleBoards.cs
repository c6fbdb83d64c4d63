namespace Touchstone.Harness.Runs;

/// <summary>
/// The word that results, decisions or references have changed since the boards were made, as the file
/// <c>boards/.stale</c>: whoever decides gives it, by whatever way, and the worker that makes the boards anew takes it.
/// </summary>
public static class StaleBoards
{
    /// <summary>
    /// Gives the word, after the change, so that it cannot be taken before there is one. Where it cannot be given the change
    /// stands all the same: boards are looked at every hour without any word.
    /// </summary>
    /// <param name="workspace">Whose boards.</param>
    public static void Mark(Workspace workspace)
    {
        try
        {
            Directory.CreateDirectory(workspace.BoardsPath);
            new FileStream(PathIn(workspace), FileMode.CreateNew, FileAccess.Write).Dispose(); // opens nothing that is there: it may be a pipe
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The word was given before and not taken yet; or the disk is full, on which no board could be made either.
        }
    }

    /// <summary>Takes the word; what changes from now on needs a new one.</summary>
    /// <param name="workspace">Whose boards.</param>
    /// <returns>Whether there was one.</returns>
    public static bool Take(Workspace workspace)
    {
        var path = PathIn(workspace);
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    private static string PathIn(Workspace workspace) => Path.Combine(workspace.BoardsPath, ".stale");
}
