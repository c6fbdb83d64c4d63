using System.CommandLine;
using System.Text.Json;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone feedback</c>: what a participant may be told about an entry, and nothing else.</summary>
internal static class FeedbackCommand
{
    public static Command Create(Globals globals)
    {
        var id = new Argument<string>("SUBMISSION") { Description = "Id of a submission, as `touchstone submit` printed it." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(
            "feedback",
            "Print what the participant may see of each case of a submission: pseudonym, ending, limits and exit code, and in open "
            + "phases the reason and the end of the log. Safe to send as it is.")
        {
            id, json, globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var workspace = globals.FindWorkspace(parse);
            var submission = ChosenSubmission.Find(workspace, parse.GetRequiredValue(id));
            var challenge = ChallengeRules.Read(workspace, submission.Challenge).In(submission.Phase);
            Print(globals, Reports(workspace, challenge, submission), parse.GetValue(json));
            return Exit.Success;
        });
        return command;
    }

    /// <summary>By pseudonym: the order of the case list is the organisers' own.</summary>
    private static IReadOnlyList<ParticipantReport> Reports(Workspace workspace, Challenge challenge, Submission submission) =>
    [
        .. ParticipantReport.OfAll(
                workspace, challenge, [.. ResultFile.ReadAll(workspace).Where(result => result.Entry.Id == submission.Id)])
            .OrderBy(report => report.Case, StringComparer.Ordinal),
    ];

    private static void Print(Globals globals, IReadOnlyList<ParticipantReport> reports, bool asJson)
    {
        if (asJson)
        {
            globals.WriteJson([.. JsonSerializer.SerializeToUtf8Bytes(reports, CommandJson.Reporting.IReadOnlyListParticipantReport), (byte)'\n']);
            return;
        }

        foreach (var report in reports)
        {
            globals.Out.PrintLine($"{report.Case}: {report.Detail}{(report.Hint is { } hint ? $" {hint}" : "")}");
            foreach (var line in report.Log?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                globals.Out.PrintLine($"    {line}");
            }
        }

        globals.Out.PrintLine($"{Counted.Of(reports.Count, "case")}.");
    }
}
