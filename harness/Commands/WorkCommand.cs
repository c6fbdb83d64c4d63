using System.CommandLine;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Work;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone work</c>: runs the attempts of a server's queue.</summary>
internal static class WorkCommand
{
    private static readonly TimeSpan AskEngineEvery = TimeSpan.FromSeconds(10);

    public static Command Create(Globals globals)
    {
        var withParent = new Option<bool>("--with-parent")
        {
            Description = "End when standard input does: for `touchstone serve`, which starts this.",
            Hidden = true,
        };
        var leastFree = LeastFreeOption();
        var timing = new TimingOptions();
        var command = new Command(
            "work",
            "Take attempts from the server's queue: check and load images, run them, renew the boards. `touchstone serve` starts "
            + "one by itself. SIGTERM lets the attempt at hand go; another worker takes it up where it was.")
        {
            withParent, leastFree, globals.ManifestPath, globals.WorkspacePath,
        };
        foreach (var option in timing.OfMachine)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parse, stop) =>
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
            if (parse.GetValue(withParent))
            {
                _ = EndWithParentAsync(ending);
            }

            var workspace = globals.OpenWorkspace(parse);
            globals.ReadManifest(parse);
            Task<RunSettings> SettingsAsync(DockerEngine engine) => timing.SettingsAsync(
                parse, engine, new RunSettings { ManifestSha256 = "", Clock = globals.Clock }, ending.Token);
            await WorkAsync(
                globals, workspace, () => globals.ReadManifest(parse), parse.GetValue(leastFree), SettingsAsync, ending.Token);
            return Exit.Success;
        });
        return command;
    }

    /// <summary>What stays free on the disks. Every command that takes images in asks for it in the same words.</summary>
    public static Option<long> LeastFreeOption() => new("--least-free-mb")
    {
        Description = "Megabytes that stay free on the disks of engine and workspace: with less, nothing is taken in.",
        HelpName = "N",
        DefaultValueFactory = _ => DiskWatch.DefaultFloorBytes >> 20,
    };

    /// <summary>Watches the workspace's disk.</summary>
    public static DiskWatch Watch(Workspace workspace, long leastFreeMegabytes) =>
        new(leastFreeMegabytes << 20, [(workspace.Root, "workspace")]);

    private static async Task WorkAsync(
        Globals globals, Workspace workspace, Func<Manifest> readManifest, long leastFreeMegabytes,
        Func<DockerEngine, Task<RunSettings>> settingsAsync, CancellationToken token)
    {
        void Tell(string line) => globals.Progress.PrintLine(line);
        using var store = IntakeStore.Open(workspace.IntakePath, globals.Clock);
        void MarkStale() => StaleBoards.Mark(workspace);
        MarkStale();
        var renewing = new BoardRenewal(workspace, readManifest, store, globals.Clock, Tell).RunAsync(token);
        var settings = new WorkSettings { Name = $"{Environment.MachineName} {Environment.ProcessId}" };
        using var heart = new Heart(workspace, settings.Name, globals.Clock);
        try
        {
            using var engine = await ConnectAsync(globals, heart, Tell, token);
            var disk = Watch(workspace, leastFreeMegabytes);
            disk = disk with { Places = [((await engine.InfoAsync(token)).DockerRootDir, "engine"), .. disk.Places] };
            var work = new AttemptWork(workspace, readManifest, store, engine, disk, await settingsAsync(engine), Tell);
            var errands = new ErrandWork(workspace, readManifest, store, globals.Clock, Tell);
            await new Worker(store, settings, globals.Clock, Tell) { EngineSaid = fault => heart.EngineFault = fault }.RunAsync(work.DoAsync, errands.DoAll, MarkStale, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Told to end before the engine answered.
        }

        await renewing;
    }

    private static async Task<DockerEngine> ConnectAsync(Globals globals, Heart heart, Action<string> tell, CancellationToken token)
    {
        while (true)
        {
            try
            {
                var engine = await globals.ConnectAsync(token);
                heart.EngineFault = null;
                return engine;
            }
            catch (EngineException fault)
            {
                heart.EngineFault = fault.Message;
                tell($"Waiting for the container engine: {fault.Message}");
                await Task.Delay(AskEngineEvery, globals.Clock, token);
            }
        }
    }

    private static async Task EndWithParentAsync(CancellationTokenSource ending)
    {
        try
        {
            using var input = Console.OpenStandardInput();
            while (await input.ReadAsync(new byte[64]) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It cannot be listened to: then it has ended.
        }

        try
        {
            await ending.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}
