using System.CommandLine;
using System.Text.Json;
using Touchstone.Harness.Replay;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary>
/// What <c>touchstone run</c> tells about the sandbox instead of running anything for the board: the profile in force, and
/// a case again under the same limits.
/// </summary>
internal sealed class SandboxOptions(Globals globals)
{
    /// <summary><c>--show-sandbox</c>.</summary>
    public Option<bool> Show { get; } = new("--show-sandbox")
    {
        Description = "Print every setting of the sandbox with its reason, for SUBMISSION or in general, and run nothing.",
    };

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "With --show-sandbox or --repeat: print JSON." };

    /// <summary><c>--replay</c>.</summary>
    public Option<string?> Replay { get; } = new("--replay")
    {
        Description = "Print the shell script with which anybody who has the image reproduces SUBMISSION's run on this case "
            + "(DATASET/CASE, or CASE) with docker alone, and run it. Nothing of it counts for the board.",
        HelpName = "CASE",
    };

    /// <summary><c>--print-only</c>.</summary>
    public Option<bool> PrintOnly { get; } = new("--print-only") { Description = "With --replay: print the script and do not run it." };

    /// <summary><c>--replay-output</c>.</summary>
    public Option<string?> ReplayOutput { get; } = new("--replay-output")
    {
        Description = "With --replay: folder for what the container leaves. Default replays/SUBMISSION/CASE in the workspace.",
        HelpName = "DIR",
    };

    /// <summary>Prints the profile.</summary>
    public async Task<int> ShowAsync(ParseResult parse, Submission? submission, CancellationToken stop)
    {
        var settings = submission is null
            ? SandboxReport.Of(Example())
            : await SettingsAsync(globals.FindWorkspace(parse), submission, stop);
        if (parse.GetValue(Json))
        {
            globals.WriteJson(
                [.. JsonSerializer.SerializeToUtf8Bytes(settings, CommandJson.Reporting.IReadOnlyListSandboxSetting), (byte)'\n']);
        }
        else
        {
            SandboxTable.Print(globals.Out, settings);
        }

        return Exit.Success;
    }

    /// <summary>Prints the script of a case, and runs it unless told not to.</summary>
    public async Task<int> ReplayAsync(ParseResult parse, IReadOnlyList<PlannedCase> plan, CancellationToken stop)
    {
        var workspace = globals.FindWorkspace(parse);
        var planned = Chosen(plan, parse.GetRequiredValue(Replay)!);
        using var engine = await globals.ConnectAsync(stop);
        var (submission, challenge, item) = planned;
        var limits = CaseSandbox.Effective(await engine.InfoAsync(stop), CaseLimits.For(challenge, item));
        var image = await CaseSandbox.FindImageAsync(engine, submission, stop);
        var run = SandboxRun.Of("", workspace.Id, submission, limits, image, InputVolume.BytesFor(GivenCt.PathOf(workspace, item)));
        var pseudonym = CaseNames.Inside(workspace, planned);
        var script = ReplayScript.Write(run, pseudonym, engine.Version.Arch);
        globals.Out.Profile.Out.Writer.Write(script);
        if (parse.GetValue(PrintOnly))
        {
            return Exit.Success;
        }

        var folder = Path.GetFullPath(parse.GetValue(ReplayOutput)
            ?? Path.Combine(workspace.Root, "replays", submission.Id, pseudonym));
        return await ReplayProcess.RunAsync(script, GivenCt.PathOf(workspace, item), folder, globals.Progress, stop);
    }

    private static PlannedCase Chosen(IReadOnlyList<PlannedCase> plan, string name)
    {
        var found = plan.Where(planned => name == planned.Case.Id || name == $"{planned.Case.Dataset}/{planned.Case.Id}").ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new WrongUseException($"This submission is not run on a case \"{name}\"."),
            _ => throw new WrongUseException(
                $"Several datasets have a case \"{name}\": say {string.Join(" or ", found.Select(one => $"{one.Case.Dataset}/{name}"))}."),
        };
    }

    private async Task<IReadOnlyList<SandboxSetting>> SettingsAsync(
        Workspace workspace, Submission submission, CancellationToken stop)
    {
        using var engine = await globals.ConnectAsync(stop);
        var challenge = ChallengeRules.Read(workspace, submission.Challenge).In(submission.Phase);
        var limits = CaseSandbox.Effective(await engine.InfoAsync(stop), challenge.Limits);
        var image = await CaseSandbox.FindImageAsync(engine, submission, stop);
        return SandboxReport.Of(SandboxRun.Of("RUN", workspace.Id, submission, limits, image, inputBytes: 0), challenge.TimeRule);
    }

    private static SandboxRun Example() => new()
    {
        RunId = "RUN",
        WorkspaceId = "WORKSPACE",
        Limits = new SandboxLimits(),
        InputBytes = 0,
        Submission = new Submission
        {
            Id = "example",
            Team = "example",
            Name = "example",
            Challenge = "example",
            Image = ImageDigest.Parse($"sha256:{new string('0', 64)}"),
            Source = "example",
            Layout = SubmissionLayout.Flat,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        },
    };
}
