using Touchstone.Submissions;
using Touchstone.Submissions.Names;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Changes the living rules of a challenge: words, dates, quotas, embargo, board, team size, captions, and phases beside the
/// present ones. What was accepted stays accepted. Rules by which results were made are never changed: that takes a new phase.
/// </summary>
public static class ChallengeAmending
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 300;

    /// <summary>Changes the rules, all that differ or none.</summary>
    /// <param name="workspace">Where the challenge is.</param>
    /// <param name="path">The changed file, named after the challenge.</param>
    /// <param name="reason">Why, for everybody.</param>
    /// <param name="by">Who, for operators.</param>
    /// <param name="now">When, UTC.</param>
    /// <exception cref="SubmissionException">
    /// There is no such challenge, nothing differs, what differs may not be changed, or somebody amended it meanwhile.
    /// </exception>
    /// <exception cref="Touchstone.Submissions.Yaml.MistakesException">The file has mistakes.</exception>
    public static Amendment Amend(Workspace workspace, string path, string reason, string by, DateTimeOffset now)
    {
        var (after, text) = ChallengeRules.ReadWithText(path);
        return Amend(workspace, after, text, reason, by, now);
    }

    /// <summary>The same with the text of a challenge file.</summary>
    /// <param name="workspace">Where the challenge is.</param>
    /// <param name="challenge">Id of the challenge.</param>
    /// <param name="text">The changed text, without a file of labels.</param>
    /// <param name="reason">Why, for everybody.</param>
    /// <param name="by">Who, for operators.</param>
    /// <param name="now">When, UTC.</param>
    /// <inheritdoc cref="Amend(Workspace, string, string, string, DateTimeOffset)" path="/exception"/>
    public static Amendment AmendTo(
        Workspace workspace, string challenge, string text, string reason, string by, DateTimeOffset now) =>
        Amend(workspace, ChallengeRules.Parse(challenge, text), text, reason, by, now);

    private static Amendment Amend(Workspace workspace, Challenge after, string text, string reason, string by, DateTimeOffset now)
    {
        reason = PlainText.Fold(reason);
        if ((reason.Length == 0 ? "Say why, in one line: everybody reads it." : PlainText.Fault("reason, which everybody reads,", reason, LongestReason))
            is { } fault)
        {
            throw Refused(fault);
        }

        var before = ChallengeRules.Read(workspace, after.Id);
        var (changes, refused) = RuleLines.Compare(before, after);
        if (changes.Count == 0)
        {
            throw Refused($"Nothing in the file differs from the rules of {after.Id}.");
        }

        if (refused.Count > 0)
        {
            throw Refused(string.Join('\n',
            [
                $"These rules of {after.Id} made results, or are promised to who has entered, and stay as they are:",
                .. refused.Select(change => $"  {change}"),
                "Put them into a phase of a new name in the same file, or make a new challenge. Nothing was changed.",
            ]));
        }

        var amendment = new Amendment
        {
            Number = AmendmentFile.Newest(workspace.Root, after.Id) + 1,
            At = now,
            By = by,
            Reason = reason,
            Changes = changes,
            Before = before.Sha256,
            Text = text,
            Sha256 = AmendmentFile.HashOf(text),
        };
        if (!AmendmentFile.Write(workspace, after.Id, amendment))
        {
            throw Refused($"{after.Id} was amended by somebody else at this moment. Look at its rules and try again.");
        }

        StaleBoards.Mark(workspace);
        return amendment;
    }

    private static SubmissionException Refused(string message) => new(SubmissionFault.Malformed, message);
}
