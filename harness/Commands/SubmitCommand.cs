using System.CommandLine;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Api;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone submit</c>: takes a container image in.</summary>
internal static class SubmitCommand
{
    private static readonly Argument<string> Image = new("IMAGE")
    {
        Description = "An archive made with `docker save` (.tar, .tar.gz), or an image reference, which is pulled when the "
            + "engine lacks it. Either is pinned by its content.",
    };

    private static readonly Option<string?> Team = new("--team")
    {
        Description = "Team shown on the leaderboard. Must be given, but with --server, which knows it from the token.",
        HelpName = "T",
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "Name of the method shown on the leaderboard.",
        HelpName = "N",
        Required = true,
    };

    private static readonly Option<string> Challenge = ChallengeOption();

    private static readonly Option<string?> Phase = Globals.PhaseOption("to enter");

    private static readonly Option<string> Layout = new("--layout")
    {
        Description = "flat: inputs/<case>.nii.gz in, one multi-label outputs/<case>.nii.gz out. folder: inputs/<case>/ct.nii.gz "
            + "in, outputs/<case>/segmentations/<structure>.nii.gz out.",
        HelpName = "flat|folder",
        DefaultValueFactory = _ => "flat",
    };

    private static readonly Option<string> CommandText = new("--command")
    {
        Description = "What /bin/bash -c runs in /workspace.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => Submission.DefaultCommand[2],
    };

    private static readonly Option<bool> Gpu = new("--gpu") { Description = "Ask for a GPU." };

    private static readonly Option<bool> Root = new("--root")
    {
        Description = "The image works only as root. Refused unless the challenge allows it and the engine remaps users.",
    };

    private static readonly Option<long> LeastFree = new("--least-free-mb")
    {
        Description = "Megabytes that stay free on the disks of engine and workspace: with less, nothing is taken in.",
        HelpName = "N",
        DefaultValueFactory = _ => DiskWatch.DefaultFloorBytes >> 20,
    };

    private static readonly Option<bool> Baseline = new("--baseline")
    {
        Description = "Mark it as an in-house baseline.",
    };

    private static readonly Option<string[]> TrainedOn = Globals.TrainedOnOption();

    private static readonly Option<string?> Server = new("--server")
    {
        Description = "Submit on a server somewhere else: upload with resume, then follow the attempt to its end.",
        HelpName = "URL",
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = $"With --server: file with your personal access token. Default: the variable {RemoteSubmission.TokenVariable}.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "With --server: do not follow the attempt." };

    public static Command Create(Globals globals)
    {
        Layout.AcceptOnlyFromAmong("flat", "folder");
        var command = new Command(
            "submit",
            "Take in a container image: check the archive, load it, pin it by digest. The same submission twice is harmless.")
        {
            Image, Team, Name, Challenge, Phase, Layout, CommandText, Gpu, Root, Baseline, TrainedOn, LeastFree, Server, TokenFile,
            NoWait, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            if (parse.GetValue(Server) is { } address)
            {
                return await RemoteSubmission.RunAsync(
                    globals, address, parse.GetValue(TokenFile), parse.GetRequiredValue(Image), Body(parse), !parse.GetValue(NoWait), stop);
            }

            var draft = Draft(globals, parse);
            draft.Check();
            if (draft.NeedsGpu)
            {
                GpuDevice.Demand(GpuDevice.IsThere(new RunSettings { ManifestSha256 = "" }.GpuDevice));
            }

            ImageName.Check(parse.GetRequiredValue(Image));
            ImageName.CheckContent(parse.GetRequiredValue(Image));
            var workspace = globals.OpenWorkspace(parse);
            var rules = ChallengeRules.FindForContainers(workspace, parse.GetRequiredValue(Challenge)).In(parse.GetValue(Phase));
            if (!draft.IsBaseline)
            {
                rules.Phase.RequireOpen(globals.Clock.GetUtcNow());
            }

            ChallengeRules.FindToEnter(workspace, parse.GetRequiredValue(Challenge)); // before an hour's image is looked at
            using var engine = await globals.ConnectAsync(stop);
            var submission = await AcceptAsync(
                globals, workspace, engine, draft with { Challenge = rules.Id, Phase = rules.Phase.Name }, rules, parse.GetRequiredValue(Image), stop,
                parse.GetValue(LeastFree) << 20, () => ChallengeRules.Enter(workspace, parse.GetRequiredValue(Challenge)));
            globals.Out.PrintLine(submission.Id);
            return Exit.Success;
        });
        return command;
    }

    /// <summary>
    /// Takes an image in and keeps its submission; says so on the progress console. Whatever is refused is refused before
    /// anything is kept; <paramref name="keepRules"/> is called between the image and the submission.
    /// </summary>
    public static async Task<Submission> AcceptAsync(
        Globals globals,
        Workspace workspace,
        DockerEngine engine,
        SubmissionDraft draft,
        Challenge rules,
        string image,
        CancellationToken stop,
        long leastFreeBytes = DiskWatch.DefaultFloorBytes,
        Action? keepRules = null)
    {
        if (draft.NeedsRoot && !rules.AllowsRoot)
        {
            throw new SubmissionException(
                SubmissionFault.RootRefused,
                $"{rules.Title} does not run images as root. Make everything in the image readable for all users and run without --root.");
        }

        var disk = new DiskWatch(
            leastFreeBytes, [((await engine.InfoAsync(stop)).DockerRootDir, "engine"), (workspace.Root, "workspace")]);
        var accepted = await new ImageIntake(engine, disk, report: globals.Progress.PrintLine).AcceptAsync(image, rules.ImageBytes, stop);
        var stated = draft.Accept(accepted.Digest, accepted.Source, globals.Clock.GetUtcNow());
        keepRules?.Invoke();
        var (submission, isNew) = SubmissionFile.Keep(workspace, stated);
        globals.Progress.PrintLine(
            $"{(isNew ? "Accepted" : "Already submitted:")} {submission.Team} / {submission.Name} for {rules.Title}, phase {rules.Phase.Name}, image "
            + $"{accepted.Digest.Abbreviated}, {accepted.UnpackedBytes / (1 << 20)} MiB.");
        return submission;
    }

    private static Option<string> ChallengeOption()
    {
        var option = Globals.ChallengeOption(isRequired: false);

        // Attempts on a private test set are rationed: nobody should spend one by leaving an option out.
        option.DefaultValueFactory = _ => "demo";
        return option;
    }

    private static AttemptBody Body(ParseResult parse) => new()
    {
        Challenge = parse.GetRequiredValue(Challenge),
        Phase = parse.GetValue(Phase),
        Name = parse.GetRequiredValue(Name),
        Layout = LayoutOf(parse),
        Command = parse.GetRequiredValue(CommandText),
        Gpu = parse.GetValue(Gpu),
        Root = parse.GetValue(Root),
        TrainedOn = parse.GetValue(TrainedOn) is { Length: > 0 } ids ? ids : null,
    };

    private static SubmissionLayout LayoutOf(ParseResult parse) =>
        parse.GetRequiredValue(Layout) == "folder" ? SubmissionLayout.Folder : SubmissionLayout.Flat;

    private static SubmissionDraft Draft(Globals globals, ParseResult parse) => new()
    {
        Team = parse.GetValue(Team) ?? throw new WrongUseException("Say whose it is with --team."),
        Name = parse.GetRequiredValue(Name),
        Challenge = parse.GetRequiredValue(Challenge),
        Layout = LayoutOf(parse),
        Command = parse.GetRequiredValue(CommandText),
        NeedsGpu = parse.GetValue(Gpu),
        NeedsRoot = parse.GetValue(Root),
        IsBaseline = parse.GetValue(Baseline),
        TrainedOn = parse.GetValue(TrainedOn) is { Length: > 0 } ids ? Globals.TrainedOn(ids, globals.ReadManifest(parse)) : null,
    };
}
