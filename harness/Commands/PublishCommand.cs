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
        var output = new Option<string?>("--output")
        {
            Description = "Folder of the site; an earlier site there is replaced as a whole.",
            HelpName = "DIR",
        };
        var figures = new Option<string?>("--figures")
        {
            Description = "Folder for the figures as SVG and PDF, ready for a paper; with or without a site.",
            HelpName = "DIR",
        };
        var challenges = new Option<string[]>("--challenge")
        {
            Description = "Challenges to publish, by id or file; every challenge with submissions when none is given.",
            HelpName = "C",
            AllowMultipleArgumentsPerToken = true,
        };
        var forOrganisers = new Option<bool>("--include-embargoed")
        {
            Description = "Also publish boards under embargo and those that their challenge never shows. For organisers' eyes only.",
        };
        var bundle = new Option<string?>("--from-bundle")
        {
            Description = "Rebuild a published site from its results.json alone, byte for byte; needs no workspace.",
            HelpName = "FILE",
        };
        var cases = new Option<int>("--viewer-cases")
        {
            Description = "Cases of a dataset that the case viewer shows, hardest first, besides the worst two of each "
                + "entry; 0 for no viewer. Only datasets whose manifest entry says `viewer: yes`.",
            HelpName = "N",
            DefaultValueFactory = _ => CasePreviews.DefaultCases,
        };
        var command = new Command("publish", "Write the leaderboards as a static site: HTML, JSON and CSV, readable offline.")
        {
            output,
            challenges,
            bundle,
            forOrganisers,
            figures,
            cases,
            globals.ManifestPath,
            globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            var (folder, paper) = (parse.GetValue(output), parse.GetValue(figures));
            if (folder is null && paper is null)
            {
                throw new WrongUseException("Say where to publish: --output for a site, --figures for figures, or both.");
            }

            if (parse.GetValue(bundle) is { } file)
            {
                var kept = BundleFile.Read(file);
                var again = kept.ToBoards();
                var site = Directory.Exists(file) ? file : Path.GetDirectoryName(Path.GetFullPath(file))!;
                return await WriteAsync(globals, folder, paper, again, kept.Info, ViewerLibrary.Read(site, again), stop);
            }

            var workspace = globals.FindWorkspace(parse);
            var phases = BoardList.Entered(workspace, parse.GetValue(challenges) ?? []);
            var manifest = globals.ReadManifest(parse);
            var previews = new CasePreviews(workspace, manifest, text => globals.Progress.PrintLine(text));
            using var store = ResultIndex.OpenCurrent(workspace);
            var boards = BoardList.Make(
                phases, manifest, workspace, store, globals.Clock.GetUtcNow(), parse.GetValue(forOrganisers),
                globals.Progress.PrintLine,
                (board, rules) => folder is null ? board : previews.AddTo(board, rules, parse.GetValue(cases)));
            if (boards.Count == 0)
            {
                globals.Complain($"Nothing to publish: {workspace.Root} holds no results that may be shown yet.");
                return Exit.Failure;
            }

            var info = new BuildInfo(globals.Clock.GetUtcNow(), BuildVersion.Text);
            return await WriteAsync(globals, folder, paper, boards, info, previews.Volumes, stop);
        });
        return command;
    }

    private static async Task<int> WriteAsync(
        Globals globals, string? folder, string? figures, IReadOnlyList<Board> boards, BuildInfo info,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? volumes, CancellationToken token) =>
        await Publication.WriteAsync(boards, info, folder, figures, text => globals.Out.PrintLine(text), volumes, globals.FindWeb, token)
            ? Exit.Success : Exit.Failure;
}
