namespace Touchstone.Harness.Runs;

/// <summary>Removes what a killed process left in the folders of runs. Only the holder of the workspace's lock may do it.</summary>
internal static class Leftovers
{
    private const int SuffixLength = 33; // a dot and the 32 digits of DurableFile's temporary names

    /// <summary>Removes temporary files, and predictions and logs of cases that have no result.</summary>
    /// <param name="workspace">The workspace, locked.</param>
    /// <exception cref="IOException">A folder of a run is a link, whose target may be anybody's.</exception>
    public static void Remove(Workspace workspace)
    {
        if (!Directory.Exists(workspace.RunsPath))
        {
            return;
        }

        var unfinished = CaseFolders(workspace).Where(folder => !ResultFile.IsIn(folder)).ToList();
        RemoveTemporary(workspace.RunsPath);
        foreach (var folder in unfinished)
        {
            OwnFolder.Remove(folder); // names of ours only: what a container chose never becomes one
        }
    }

    /// <summary>Removes temporary files of <see cref="DurableFile"/> in a folder and all folders below.</summary>
    /// <param name="root">The folder, which is there.</param>
    public static void RemoveTemporary(string root)
    {
        foreach (var file in OwnFolder.Files(root, ".*").Where(IsTemporary))
        {
            File.Delete(file);
        }
    }

    /// <summary>runs/submission/dataset/case.</summary>
    private static List<string> CaseFolders(Workspace workspace) =>
        [.. OwnFolder.Folders(workspace.RunsPath).SelectMany(OwnFolder.Folders).SelectMany(OwnFolder.Folders)];

    private static bool IsTemporary(string path)
    {
        var name = Path.GetFileName(path);
        return name.Length > SuffixLength && name[^SuffixLength] == '.' && name[^(SuffixLength - 1)..].All(char.IsAsciiHexDigitLower);
    }
}
