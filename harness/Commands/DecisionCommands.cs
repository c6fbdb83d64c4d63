using System.CommandLine;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness.Commands;

/// <summary>
/// <c>touchstone disqualify</c>, <c>withdraw</c> and <c>release</c>: what organisers decide about entries and boards.
/// </summary>
internal static class DecisionCommands
{
    public static Command Disqualify(Globals globals) => Decide(
        globals, "disqualify",
        "Take a submission out of its ranking. The board names it apart, with the reason. A live board is made anew at once, a published site when it is next published.",
        (DecisionKind.Disqualified, DecisionKind.Reinstated), needsReason: true);

    public static Command Withdraw(Globals globals) => Decide(
        globals, "withdraw",
        "Take a submission out of its ranking because its team asks for it. The board names it apart as withdrawn.",
        (DecisionKind.Withdrawn, DecisionKind.Returned), needsReason: false);

    public static Command Release(Globals globals)
    {
        var challenge = Globals.ChallengeOption(isRequired: true);
        var phase = Globals.PhaseOption("whose board is released");
        var command = new Command(
            "release",
            "End the embargo of a board: everybody sees it, a live one at once, a published site when it is next published. It cannot "
            + "be taken back.")
        {
            challenge, phase, globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var workspace = globals.FindWorkspace(parse);
            var rules = ChallengeRules.Find(workspace, parse.GetRequiredValue(challenge)).In(parse.GetValue(phase));
            if (!rules.Phase.ShowsBoard)
            {
                throw new WrongUseException($"{rules.Id} never shows the board of its phase \"{rules.Phase.Name}\" (board: hidden).");
            }

            var release = new BoardRelease(globals.Clock.GetUtcNow(), Environment.UserName);
            var isNew = ReleaseFile.Write(workspace, rules.Id, rules.Phase.Name, release);
            globals.Out.PrintLine(
                $"The board of {rules.Id}, phase {rules.Phase.Name}, {(isNew ? "is released." : "was released already.")}");
            return Exit.Success;
        });
        return command;
    }

    private static Command Decide(
        Globals globals, string name, string description, (DecisionKind Out, DecisionKind Back) kinds, bool needsReason)
    {
        var id = new Argument<string>("SUBMISSION") { Description = "Id of a submission, as `touchstone submit` printed it." };
        var reason = new Option<string?>("--reason")
        {
            Description = needsReason ? "Why, for everybody to read. Must be given." : "Why, for everybody to read.",
            HelpName = "TEXT",
        };
        var undo = new Option<bool>("--undo") { Description = "Bring it back. The history keeps both decisions." };
        var command = new Command(name, description) { id, reason, undo, globals.WorkspacePath };
        command.SetAction(parse =>
        {
            var workspace = globals.FindWorkspace(parse);
            var submission = ChosenSubmission.Find(workspace, parse.GetRequiredValue(id));
            var isOut = EntryDecision.Standing(DecisionFile.ReadAll(workspace, submission.Id), kinds.Out, kinds.Back) is not null;
            var (isBack, text) = (parse.GetValue(undo), parse.GetValue(reason)?.Trim() ?? "");
            if (isOut != isBack)
            {
                var state = kinds.Out == DecisionKind.Disqualified ? "disqualified" : "withdrawn";
                throw new WrongUseException($"{submission.Id} is {(isOut ? "" : "not ")}{state}{(isOut ? " already" : "")}.");
            }

            if (needsReason && !isBack && text.Length == 0)
            {
                throw new WrongUseException("Say why with --reason: everybody will read it on the board.");
            }

            Add(globals, workspace, submission, isBack ? kinds.Back : kinds.Out, text);
            return Exit.Success;
        });
        return command;
    }

    private static void Add(Globals globals, Workspace workspace, Submission submission, DecisionKind kind, string reason)
    {
        reason = PlainText.Fold(reason);
        if (EntryDecision.ReasonFault(kind, reason) is { } fault)
        {
            throw new WrongUseException(fault);
        }

        DecisionFile.Add(workspace, submission.Id, new EntryDecision
        {
            Kind = kind,
            Reason = reason,
            By = Environment.UserName,
            At = globals.Clock.GetUtcNow(),
        });
        globals.Out.PrintLine($"{submission.Id}: {kind.ToString().ToLowerInvariant()}.");
    }
}
