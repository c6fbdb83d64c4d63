using System.CommandLine;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone run</c>: does what has not been done.</summary>
internal static class RunCommand
{
    public static Command Create(Globals globals)
    {
        var id = new Argument<string?>("SUBMISSION")
        {
            Description = "Id of a submission, as `touchstone submit` printed it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var all = new Option<bool>("--all") { Description = "Every submission of the workspace that takes part; so does naming none." };
        var where = new Option<string>("--engine")
        {
            Description = "Where containers run: local, this machine's container engine.",
            HelpName = "local",
            DefaultValueFactory = _ => "local",
        };
        var removeImages = new Option<bool>("--remove-images")
        {
            Description = "Afterwards, remove the images of entries that have all their results. To run one again, submit it again.",
        };
        where.AcceptOnlyFromAmong("local");
        var sandbox = new SandboxOptions(globals);
        var timing = new TimingOptions();
        var command = new Command(
            "run",
            "Run submissions on the cases that have no result yet, each case in a fresh sandbox, one after another. Interrupt "
            + "or kill it at any moment: the same command goes on from there.")
        {
            id,
            all,
            where,
            timing.Repeat,
            timing.Cores,
            timing.Gpu,
            timing.Nvml,
            removeImages,
            sandbox.Show,
            sandbox.Json,
            sandbox.Replay,
            sandbox.PrintOnly,
            sandbox.ReplayOutput,
            globals.ManifestPath,
            globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            if (parse.GetValue(sandbox.Show) && parse.GetValue(id) is null)
            {
                return await sandbox.ShowAsync(parse, null, stop);
            }

            var workspace = globals.FindWorkspace(parse);
            if (parse.GetValue(sandbox.Show))
            {
                return await sandbox.ShowAsync(parse, Chosen(workspace, parse.GetValue(id), all: false)[0], stop);
            }

            var manifest = globals.ReadManifest(parse);
            var plan = Plan(workspace, manifest, Chosen(workspace, parse.GetValue(id), parse.GetValue(all)));
            if (parse.GetValue(sandbox.Replay) is not null)
            {
                return parse.GetValue(id) is not null
                    ? await sandbox.ReplayAsync(parse, plan, stop)
                    : throw new WrongUseException("Name the submission whose run is to be replayed.");
            }

            if (parse.GetValue(timing.Repeat) < 1)
            {
                throw new WrongUseException("--repeat counts the scored run too: give 1 or more.");
            }

            using var engine = await globals.ConnectAsync(stop);
            var settings = await timing.SettingsAsync(
                parse, engine, new RunSettings { ManifestSha256 = manifest.Sha256, Clock = globals.Clock }, stop);
            var summary = await RunAsync(globals, workspace, engine, settings, plan, stop);
            if (parse.GetValue(timing.Repeat) > 1)
            {
                TimingOptions.Print(globals, await RepeatAsync(), parse.GetValue(sandbox.Json));
            }

            (parse.GetValue(sandbox.Json) ? globals.Progress : globals.Out).PrintLine(
                $"{Counted.Of(summary.Finished, "case")} run, {summary.AlreadyDone} had a result already, {summary.Abandoned} left without one"
                + (summary.Withheld > 0 ? $", {summary.Withheld} not run by the challenge's rules." : "."));
            if (parse.GetValue(removeImages))
            {
                await RemoveImagesAsync(globals, workspace, engine, plan, stop);
            }

            return summary.Abandoned == 0 ? Exit.Success : Exit.Failure;

            async Task<IReadOnlyList<RepeatSummary>> RepeatAsync() => await new RepeatLoop(workspace, engine, settings).RunAsync(
                plan, parse.GetValue(timing.Repeat), happened => RunProgress.ShowLine(globals.Progress, happened), stop);
        });
        return command;
    }

    /// <summary>Every case of the phase of every chosen submission, in the order of submissions and case lists.</summary>
    public static IReadOnlyList<PlannedCase> Plan(
        Workspace workspace, Manifest manifest, IReadOnlyList<Submission> submissions)
    {
        var phases = submissions.Select(one => (one.Challenge, one.Phase)).Distinct()
            .Select(one => ChallengeRules.Read(workspace, one.Challenge).In(one.Phase))
            .ToDictionary(
                rules => (rules.Id, rules.Phase.Name), rules => (Rules: rules, Datasets: ContestBuilder.Datasets(rules, manifest)));
        return
        [
            .. from submission in submissions
               let phase = phases[(submission.Challenge, submission.Phase)]
               from dataset in phase.Datasets
               from planned in PlannedCase.Of(submission, phase.Rules, dataset.Cases)
               select planned,
        ];
    }

    /// <summary>Works through a plan with a progress bar per submission, and keeps the store up to date.</summary>
    public static async Task<RunSummary> RunAsync(
        Globals globals,
        Workspace workspace,
        DockerEngine engine,
        RunSettings settings,
        IReadOnlyList<PlannedCase> plan,
        CancellationToken stop)
    {
        using var store = ResultIndex.OpenCurrent(workspace);
        var loop = new RunLoop(workspace, engine, settings);
        var left = plan.Where(planned => !loop.IsDone(planned)).ToList();
        var isAny = false;
        try
        {
            return await RunProgress.ShowAsync(globals.Progress, left, report => loop.RunAsync(
                plan,
                happened =>
                {
                    if (happened is RunEvent.CaseFinished finished)
                    {
                        isAny = true;
                        store.Add(finished.Result);
                    }

                    report(happened);
                },
                stop));
        }
        finally
        {
            if (isAny)
            {
                StaleBoards.Mark(workspace);
            }
        }
    }

    private static async Task RemoveImagesAsync(
        Globals globals, Workspace workspace, DockerEngine engine, IReadOnlyList<PlannedCase> plan, CancellationToken stop)
    {
        var images = ImageRemoval.Used(SubmissionFile.ReadAll(workspace), plan, planned => RunLoop.HasResult(workspace, planned));
        await ImageRemoval.RemoveAsync(engine, images, stop);
        globals.Progress.PrintLine($"{Counted.Of(images.Count, "image")} removed.");
    }

    private static IReadOnlyList<Submission> Chosen(Workspace workspace, string? id, bool all)
    {
        if (all && id is not null)
        {
            throw new WrongUseException("Name a submission, or say --all for every one of them; not both.");
        }

        if (id is not null)
        {
            return [ChosenSubmission.Find(workspace, id)];
        }

        var submissions = SubmissionFile.ReadAll(workspace);
        return submissions.Count > 0
            ? [.. submissions.Where(one => EntryDecision.InForce(DecisionFile.ReadAll(workspace, one.Id)) is null)]
            : throw new WrongUseException($"{workspace.Root} has no submissions yet. Begin with `touchstone submit`.");
    }
}
