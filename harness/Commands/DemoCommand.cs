using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Demo;
using Touchstone.Harness.Meters;
using Touchstone.Harness.Phantoms;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Site;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone demo</c>: the whole product end to end on phantoms.</summary>
internal static class DemoCommand
{
    private const string ChallengeId = "demo";

    public static Command Create(Globals globals)
    {
        var output = new Option<string>("--output")
        {
            Description = "Folder of everything the demonstration makes: datasets, workspace, site.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "touchstone-demo",
        };
        var images = new Option<string>("--images")
        {
            Description = "Folder of the example containers' archives, made by submissions/examples/build.sh.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(".artifacts", "images"),
        };
        var command = new Command(
            "demo",
            "Show everything end to end: generate three phantom hospitals (one IID, two OOD), run the example containers on them "
            + "in the sandbox, score, rank, and publish a site. harness/demo.sh does the set-up first.")
        {
            output,
            images,
        };
        command.SetAction((parse, stop) => RunAsync(
            globals, Path.GetFullPath(parse.GetRequiredValue(output)), parse.GetRequiredValue(images), stop));
        return command;
    }

    private static async Task<int> RunAsync(Globals globals, string output, string images, CancellationToken stop)
    {
        var takingPart = TakingPart(globals, images);
        var begun = globals.Clock.GetTimestamp();
        using var engine = await globals.ConnectAsync(stop);
        var manifest = Manifest.Read(WriteHospitals(globals.Progress, output));
        var workspace = Workspace.Open(Path.Combine(output, "workspace"));
        var rules = ChallengeRules.Read(workspace, ChallengeId).In(ChallengePhase.Test);
        var entries = new List<Submission>();
        foreach (var (archive, draft) in takingPart)
        {
            entries.Add(await SubmitCommand.AcceptAsync(globals, workspace, engine, draft, rules, archive, stop));
        }

        var plan = RunCommand.Plan(workspace, manifest, entries);
        var settings = new RunSettings
        {
            ManifestSha256 = manifest.Sha256,
            Clock = globals.Clock,
            LockFolder = MachineLock.DefaultFolder,
        };
        var summary = await RunCommand.RunAsync(globals, workspace, engine, settings, plan, stop);
        var contest = ContestBuilder.Build(rules, manifest, workspace);
        var previews = new CasePreviews(workspace, manifest, text => globals.Progress.PrintLine(text));
        await PublishAsync(
            globals, workspace, contest, entries, board => previews.AddTo(board, rules, CasePreviews.DefaultCases), previews.Volumes,
            Path.Combine(output, "site"), stop);
        globals.Out.PrintLine(string.Create(
            CultureInfo.InvariantCulture, $"Done in {globals.Clock.GetElapsedTime(begun).TotalSeconds:0} s. The site:"));
        globals.Out.PrintLine(Path.Combine(output, "site", "index.html"));
        return summary.Abandoned == 0 ? Exit.Success : Exit.Failure;
    }

    private static List<(string Archive, SubmissionDraft Draft)> TakingPart(Globals globals, string images)
    {
        var entries = DemoEntries.All.Append(DemoEntries.Trained)
            .Select(entry => (Archive: Path.Combine(images, $"{entry.Archive}.tar"), entry.Draft)).ToList();
        var trained = entries[^1].Archive;
        if (!File.Exists(trained))
        {
            entries.RemoveAt(entries.Count - 1);
            globals.Progress.PrintLine($"Without the trained baseline: submissions/baselines/demo.sh makes {trained}.");
        }

        return entries.Find(entry => !File.Exists(entry.Archive)) is { Archive: { } missing }
            ? throw new WrongUseException(
                $"{missing} is absent. Build the example containers with `submissions/examples/build.sh --output {images}`, "
                + "or let harness/demo.sh do everything.")
            : entries;
    }

    private static string WriteHospitals(IAnsiConsole console, string output)
    {
        var path = Path.Combine(output, "datasets.manifest");
        Directory.CreateDirectory(output);
        console.Progress().Start(context =>
        {
            foreach (var hospital in PhantomHospital.All)
            {
                var bar = context.AddTask($"Phantom hospital {hospital.Id}", maxValue: hospital.CaseCount);
                PhantomWriter.Write(
                    Path.Combine(output, "datasets", hospital.Id), hospital, progress: new Ticks(() => bar.Increment(1)));
            }
        });
        File.WriteAllText(path, DemoManifest.Text(PhantomHospital.All, StructureTissues.All.Count));
        return path;
    }

    // An earlier demonstration in the same folder may have run examples that were built otherwise: those stand apart.
    private static async Task PublishAsync(
        Globals globals, Workspace workspace, Contest contest, List<Submission> entries, Func<Board, Board> withCases,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> volumes, string folder, CancellationToken stop)
    {
        using var store = ResultIndex.OpenCurrent(workspace);
        var ids = entries.Select(entry => entry.Id).ToHashSet();
        var board = withCases(new Board(contest, store.Results(contest).OnlyOf(entry => ids.Contains(entry.Id))));
        var info = new BuildInfo(globals.Clock.GetUtcNow(), BuildVersion.Text);
        await Publication.WriteAsync(
            [board], info, folder, figures: null, text => globals.Progress.PrintLine(text), volumes, globals.FindWeb, stop);
        globals.Out.Write(StandingsTable.Of(contest, board.Standings));
    }
}
