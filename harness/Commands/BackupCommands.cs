using System.CommandLine;
using Touchstone.Harness.Backups;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone backup</c> and <c>touchstone restore</c>.</summary>
internal static class BackupCommands
{
    private static readonly Option<bool> WithoutImages = new("--without-images")
    {
        Description = "Leave the images of entries out; they cannot be run again then, boards can be made.",
    };

    public static Command Backup(Globals globals)
    {
        var folder = new Argument<string>("DIR") { Description = "A new folder. It will hold patients' data and secrets." };
        var command = new Command(
            "backup",
            "Copy everything of a workspace that cannot be made again, with the manifest, case lists and images, into a new folder. A server may run "
            + "meanwhile.")
        {
            folder, WithoutImages, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            var target = Path.GetFullPath(parse.GetRequiredValue(folder));
            DemandNew(target);
            var workspace = globals.FindWorkspace(parse);
            if ($"{target}/".StartsWith($"{workspace.Root}/", StringComparison.Ordinal))
            {
                throw new WrongUseException($"{target} lies in the workspace itself. Name a folder elsewhere, on another disk at best.");
            }

            globals.ReadManifest(parse);
            using var engine = await EngineAsync(globals, parse, stop);
            var list = await new WorkspaceBackup(workspace, parse.GetRequiredValue(globals.ManifestPath), globals.Clock)
                .WriteAsync(target, engine, globals.Progress.PrintLine, stop);
            globals.Out.PrintLine(
                $"{target}: {Counted.Of(list.Files.Count, "file")}, {list.Files.Sum(file => file.Length) >> 20} MiB. Restore with: touchstone restore {target} "
                + "--workspace NEW --manifest NEW");
            return Exit.Success;
        });
        return command;
    }

    public static Command Restore(Globals globals)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of a backup." };
        var command = new Command(
            "restore",
            "Make a workspace and a manifest out of a backup. Everything is looked at before anything is written, and nothing that is there is "
            + "written over.")
        {
            folder, WithoutImages, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            var (source, root, manifest) = (
                Path.GetFullPath(parse.GetRequiredValue(folder)), Path.GetFullPath(parse.GetRequiredValue(globals.WorkspacePath)),
                parse.GetRequiredValue(globals.ManifestPath));
            if (!Directory.Exists(source))
            {
                throw new WrongUseException($"There is no folder {source}.");
            }

            DemandNew(root);
            if (WorkspaceRestore.InTheWay(source, manifest) is { Count: > 0 } there)
            {
                throw new WrongUseException($"There already: {NameList.Of(there)}. Name a manifest in another folder with --manifest.");
            }

            using var engine = await EngineAsync(globals, parse, stop);
            var list = await WorkspaceRestore.RunAsync(source, root, manifest, engine, globals.Progress.PrintLine, stop);
            var results = ResultIndex.Rebuild(Workspace.OpenAsItIs(root));
            globals.Out.PrintLine(
                $"Restored: {Counted.Of(list.Files.Count, "file")}, {Counted.Of(results, "result")}. Correct the paths of CTs in {manifest} where they lie elsewhere "
                + $"here; then: touchstone verify --workspace {root} --manifest {manifest}");
            return Exit.Success;
        });
        return command;
    }

    private static void DemandNew(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new WrongUseException($"{folder} is there already, and nothing is written over. Name a new folder.");
        }
    }

    private static async Task<DockerEngine?> EngineAsync(Globals globals, ParseResult parse, CancellationToken stop) =>
        parse.GetValue(WithoutImages) ? null : await globals.ConnectAsync(stop);
}
