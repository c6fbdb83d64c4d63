using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Work;

namespace Touchstone.Harness.Backups;

/// <summary>Writes a backup of a workspace; README.md says what is in it.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="manifest">Path of the manifest.</param>
/// <param name="clock">The clock.</param>
internal sealed class WorkspaceBackup(Workspace workspace, string manifest, TimeProvider clock)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // What is made again: indices, boards, copies of CTs, locks and what a run leaves behind.
    private static readonly string[] MadeAgain = ["boards", GivenCt.Folder, "warm-up", "replays"];

    /// <summary>Writes it.</summary>
    /// <param name="folder">A new folder, or an empty one.</param>
    /// <param name="engine">Where images are; null to leave them out.</param>
    /// <param name="tell">Told what is being done.</param>
    /// <param name="token">Stops it; what is there then is no backup.</param>
    /// <returns>What it holds.</returns>
    public async Task<BackupList> WriteAsync(string folder, DockerEngine? engine, Action<string> tell, CancellationToken token)
    {
        MakePrivate(folder);
        var target = Path.Combine(folder, BackupList.WorkspaceFolder);
        MakePrivate(target);
        if (File.Exists(workspace.IntakePath))
        {
            tell("Copying the database of teams and attempts.");
            IntakeStore.Copy(workspace.IntakePath, Path.Combine(target, Path.GetFileName(workspace.IntakePath)));
        }

        tell("Copying the files of the workspace.");
        foreach (var path in OwnFolder.Files(workspace.Root))
        {
            token.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(workspace.Root, path);
            if (IsKept(name))
            {
                var copy = Path.Combine(target, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(path, copy);
            }
        }

        ManifestCopy.Write(manifest, Path.Combine(folder, BackupList.DatasetsFolder));
        if (engine is not null)
        {
            await SaveImagesAsync(engine, Path.Combine(folder, BackupList.ImagesFolder), tell, token);
        }

        tell("Taking the SHA-256 of every file.");
        var list = BackupList.Of(folder, BuildVersion.Text, clock.GetUtcNow());
        list.Write(folder);
        return list;
    }

    private bool IsKept(string name)
    {
        var top = name.Split(Path.DirectorySeparatorChar)[0];
        return !MadeAgain.Contains(top)
            && !name.StartsWith(Path.GetFileName(workspace.StorePath), StringComparison.Ordinal)
            && !name.StartsWith(Path.GetFileName(workspace.IntakePath), StringComparison.Ordinal)
            && !name.EndsWith(".lock", StringComparison.Ordinal) && !name.EndsWith(".part", StringComparison.Ordinal)
            && !name.StartsWith(Heartbeat.Name, StringComparison.Ordinal)
            && !Path.GetFileName(name).StartsWith('.');
    }

    private async Task SaveImagesAsync(DockerEngine engine, string folder, Action<string> tell, CancellationToken token)
    {
        foreach (var digest in SubmissionFile.ReadAll(workspace).Select(one => one.Image).Distinct())
        {
            if (await engine.FindImageAsync(ImageIntake.NameOf(digest), token) is null)
            {
                tell($"The engine has no image {digest.Abbreviated} any more; the entries of it can be ranked, not run again.");
                continue;
            }

            tell($"Saving the image {digest.Abbreviated}.");
            Directory.CreateDirectory(folder);
            await using var archive = await engine.SaveImageAsync(ImageIntake.NameOf(digest), token);
            await using var file = File.Create(Path.Combine(folder, $"{digest.Abbreviated}.tar"));
            await archive.CopyToAsync(file, token);
        }
    }

    private static void MakePrivate(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerOnly);
        }
    }
}
