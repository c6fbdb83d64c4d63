using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone submissions</c>: the entries of a workspace with their ids.</summary>
internal static class SubmissionsCommand
{
    public static Command Create(Globals globals)
    {
        var challenge = new Option<string?>("--challenge") { Description = "Only those of this challenge, by id.", HelpName = "C" };
        var phase = new Option<string?>("--phase") { Description = "Only those of this phase.", HelpName = "P" };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var command = new Command(
            "submissions", "List the submissions of a workspace: id, team, method, phase, results, and whether one takes part. Other commands take a "
            + "beginning of an id that no other one has.")
        {
            challenge, phase, json, globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var workspace = globals.FindWorkspace(parse);
            SubmissionLine[] lines =
            [
                .. SubmissionFile.ReadAll(workspace)
                    .Where(one => parse.GetValue(challenge) is not { } wanted || one.Challenge == wanted)
                    .Where(one => parse.GetValue(phase) is not { } wanted || PhaseOf(one) == wanted)
                    .Select(one => Line(workspace, one)),
            ];
            if (parse.GetValue(json))
            {
                globals.WriteJson([.. JsonSerializer.SerializeToUtf8Bytes(lines, CommandJson.Reporting.SubmissionLineArray), (byte)'\n']);
                return Exit.Success;
            }

            if (lines.Length == 0)
            {
                globals.Out.PrintLine("There are no such submissions.");
                return Exit.Success;
            }

            globals.Out.Write(Table(lines));
            return Exit.Success;
        });
        return command;
    }

    private static SubmissionLine Line(Workspace workspace, Submission one)
    {
        var runs = Path.Combine(workspace.RunsPath, one.Id);
        return new SubmissionLine(
            one.Id, one.Team, one.Name, one.Challenge, PhaseOf(one), one.IsBaseline, one.ReceivedAt,
            OwnFolder.Folders(runs).SelectMany(OwnFolder.Folders).Count(folder => File.Exists(Path.Combine(folder, ResultFile.Name))),
            EntryDecision.InForce(DecisionFile.ReadAll(workspace, one.Id))?.Kind.ToString().ToLowerInvariant());
    }

    private static string PhaseOf(Submission one) => one.Phase ?? ChallengePhase.Test;

    private static Table Table(IEnumerable<SubmissionLine> lines)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("Id").NoWrap()).AddColumns("Team", "Method", "Challenge", "Phase", "Received")
            .AddColumn(new TableColumn("Results").RightAligned()).AddColumn("State");
        foreach (var one in lines)
        {
            table.AddRow(new Text(one.Id), new Text(one.Team), new Text(one.Method), new Text(one.Challenge), new Text(one.Phase),
                new Text(ChallengePhase.Show(one.ReceivedAt)), new Text(FormattableString.Invariant($"{one.Results}")),
                new Text(one.State ?? (one.IsBaseline ? "baseline" : "")));
        }

        return table;
    }
}

/// <summary>An entry as <c>touchstone submissions --json</c> lists it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Team">Its team.</param>
/// <param name="Method">Its name.</param>
/// <param name="Challenge">Id of the challenge.</param>
/// <param name="Phase">Name of the phase.</param>
/// <param name="IsBaseline">Whether it is the organisers' own.</param>
/// <param name="ReceivedAt">When it was accepted, UTC.</param>
/// <param name="Results">Cases with a result.</param>
/// <param name="State">Disqualified or withdrawn; null while it takes part.</param>
internal sealed record SubmissionLine(
    string Id, string Team, string Method, string Challenge, string Phase, bool IsBaseline, DateTimeOffset ReceivedAt, int Results, string? State);
