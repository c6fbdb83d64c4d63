using System.CommandLine;
using System.Text.Json;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone transfer run</c>: runs the jobs of a study that have not run.</summary>
internal static class TransferRunCommand
{
    public static Command Create(Globals globals)
    {
        var study = TransferCommand.StudyArgument();
        var state = new Option<bool>("--state") { Description = "Run nothing; show how far every job is." };
        var json = new Option<bool>("--json") { Description = "Print how far every job is as JSON." };
        var leastFree = new Option<long>("--least-free-mb")
        {
            Description = "Megabytes that stay free on the disks of engine and workspace: with less, no image is taken in.",
            HelpName = "N",
            DefaultValueFactory = _ => DiskWatch.DefaultFloorBytes >> 20,
        };
        var timing = new TimingOptions();
        var command = new Command(
            "run",
            "Run the jobs of a study that have no result yet: pre-trainings first, then the grid trial by trial, each in a fresh sandbox, "
            + "one after another, in turn with submissions. Interrupt or kill it at any moment: the same command goes on from there.")
        {
            study, state, json, leastFree, timing.Cores, timing.Gpu, timing.Nvml, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            var open = TransferCommand.Open(globals, parse, study);
            var summary = parse.GetValue(state)
                ? null : await RunAsync(globals, parse, open, timing, parse.GetValue(leastFree) << 20, stop);
            var now = open.State();
            if (parse.GetValue(json))
            {
                globals.WriteJson([.. JsonSerializer.SerializeToUtf8Bytes(now, StudyJson.Kept.StudyState), (byte)'\n']);
            }
            else if (summary is null)
            {
                globals.Out.Write(TransferProgress.TableOf(now));
            }

            if (summary is null)
            {
                return Exit.Success;
            }

            (parse.GetValue(json) ? globals.Progress : globals.Out).PrintLine(
                $"{Counted.Of(summary.Finished, "job")} done, {summary.AlreadyDone} had a result already, {summary.Abandoned} left without one"
                + (summary.Blocked > 0 ? $", {summary.Blocked} blocked by a failed pre-training." : ".")
                + $" Next: touchstone transfer report {parse.GetRequiredValue(study)} --output DIR");
            return summary.Abandoned == 0 ? Exit.Success : Exit.Failure;
        });
        return command;
    }

    private static async Task<StudySummary> RunAsync(
        Globals globals, ParseResult parse, OpenStudy open, TimingOptions timing, long leastFreeBytes, CancellationToken stop)
    {
        using var engine = await globals.ConnectAsync(stop);
        var settings = await timing.SettingsAsync(
            parse, engine, new RunSettings { ManifestSha256 = open.Manifest.Sha256, Clock = globals.Clock }, stop);
        var disk = new DiskWatch(
            leastFreeBytes, [((await engine.InfoAsync(stop)).DockerRootDir, "engine"), (open.Workspace.Root, "workspace")]);
        return await TransferProgress.ShowAsync(globals.Progress, open.Jobs.Count, report => new StudyLoop(open, engine, settings).RunAsync(
            async token =>
            {
                await StudyImages.EnsureAsync(
                    open.Study, open.Folder, open.Start, open.Jobs, engine, new ImageIntake(engine, disk), token);
                foreach (var one in open.Study.Backbones)
                {
                    if (StudyImages.Find(open.Folder, one.Name) is { } pinned)
                    {
                        globals.Progress.PrintLine($"{one.Title}: image {pinned.Digest[..19]}, {pinned.Source}.");
                    }
                }
            },
            report,
            stop));
    }
}
