using System.CommandLine;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone publish</c>: the static site.</summary>
internal static class PublishCommand
{
    public static Command Create(Globals globals)
    {
        var output = new Option<string>("--output")
        {
            Description = "Folder of the site; an earlier site there is replaced as a whole.",
            HelpName = "DIR",
            Required = true,
        };
        var challenges = new Option<string[]>("--challenge")
        {
            Description = "Challenges to publish, by id or file; every challenge with submissions when none is given.",
            HelpName = "C",
            AllowMultipleArgumentsPerToken = true,
        };
        var bundle = new Option<string?>("--from-bundle")
        {
            Description = "Rebuild a published site from its results.json alone, byte for byte; needs no workspace.",
            HelpName = "FILE",
        };
        var command = new Command("publish", "Write the leaderboards as a static site: HTML, JSON and CSV, readable offline.")
        {
            output,
            challenges,
            bundle,
            globals.ManifestPath,
            globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(bundle) is { } file)
            {
                var kept = BundleFile.Read(file);
                return Write(globals, parse.GetRequiredValue(output), kept.ToBoards(), kept.Info);
            }

            var workspace = globals.OpenWorkspace(parse);
            var named = parse.GetValue(challenges) ?? [];
            var ids = named.Length > 0 ? named : [.. EnteredChallenges(workspace)];
            var manifest = globals.ReadManifest(parse);
            using var store = ResultIndex.OpenCurrent(workspace);
            var boards = ids
                .Select(id => ContestBuilder.Build(ChallengeRules.Find(workspace, id), manifest, workspace))
                .Select(contest => new Board(contest, store.Read(contest), imports: store.ReadImports(contest)))
                .Where(board => board.Standings.Entries.Count > 0)
                .ToList();
            if (boards.Count == 0)
            {
                Console.Error.WriteLine($"Nothing to publish: {workspace.Root} holds no results yet.");
                return Exit.Failure;
            }

            return Write(
                globals, parse.GetRequiredValue(output), boards, new BuildInfo(globals.Clock.GetUtcNow(), BuildVersion.Text));
        });
        return command;
    }

    private static int Write(Globals globals, string folder, IReadOnlyList<Board> boards, BuildInfo info)
    {
        var files = StaticSite.Build(boards, info);
        SiteFolder.Write(folder, files);
        globals.Out.PrintLine($"{files.Count} files: {Path.GetFullPath(Path.Combine(folder, "index.html"))}");
        return Exit.Success;
    }

    private static IEnumerable<string> EnteredChallenges(Workspace workspace) => SubmissionFile.ReadAll(workspace)
        .Select(one => one.Challenge)
        .Concat(ImportFile.FindAll(workspace).Select(path => ImportFile.Read(path).Entry.Challenge))
        .Distinct();
}
