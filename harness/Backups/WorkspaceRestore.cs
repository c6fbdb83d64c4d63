using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Backups;

/// <summary>Makes a workspace and a manifest out of a backup, all of it or nothing.</summary>
internal static class WorkspaceRestore
{
    /// <summary>Restores.</summary>
    /// <param name="folder">The folder of the backup.</param>
    /// <param name="workspace">The new workspace's folder, absent or empty.</param>
    /// <param name="manifest">Path of the new manifest.</param>
    /// <param name="engine">Where images go; null to leave them out.</param>
    /// <param name="tell">Told what is being done.</param>
    /// <param name="token">Stops it between files.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="InvalidDataException">The backup is not whole.</exception>
    public static async Task<BackupList> RunAsync(
        string folder, string workspace, string manifest, DockerEngine? engine, Action<string> tell, CancellationToken token)
    {
        tell("Looking at every file of the backup.");
        var list = BackupList.ReadWhole(folder);
        var beside = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        foreach (var file in list.Files)
        {
            token.ThrowIfCancellationRequested();
            if (TargetOf(file.Path, workspace, manifest, beside) is { } target)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Path.Combine(folder, file.Path), target);
            }
        }

        foreach (var file in list.Files.Where(file => engine is not null && file.Path.StartsWith($"{BackupList.ImagesFolder}/", StringComparison.Ordinal)))
        {
            tell($"Loading {file.Path}.");
            await engine!.LoadImageAsync(async (stream, cancel) =>
            {
                await using var archive = RegularFile.OpenRead(Path.Combine(folder, file.Path));
                await archive.CopyToAsync(stream, cancel);
            }, token);
        }

        return list;
    }

    /// <summary>Files of a manifest of that name that are there already beside the place of the new one.</summary>
    /// <param name="folder">The folder of the backup.</param>
    /// <param name="manifest">Path of the new manifest.</param>
    public static IReadOnlyList<string> InTheWay(string folder, string manifest)
    {
        var source = Path.Combine(folder, BackupList.DatasetsFolder);
        var beside = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        return Directory.Exists(source)
            ? [.. OwnFolder.Files(source).Select(path => TargetOf($"{BackupList.DatasetsFolder}/{Path.GetFileName(path)}", "", manifest, beside)!).Where(Path.Exists)]
            : [];
    }

    private static string? TargetOf(string path, string workspace, string manifest, string beside)
    {
        var (top, rest) = (path[..path.IndexOf('/', StringComparison.Ordinal)], path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return top switch
        {
            BackupList.WorkspaceFolder => Path.Combine(workspace, rest),
            BackupList.DatasetsFolder => rest == BackupList.ManifestName ? Path.GetFullPath(manifest) : Path.Combine(beside, rest),
            _ => null,
        };
    }
}
