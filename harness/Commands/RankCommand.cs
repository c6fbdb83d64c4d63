using System.CommandLine;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone rank</c>: the standings of a challenge.</summary>
internal static class RankCommand
{
    public static Command Create(Globals globals)
    {
        var challenge = Globals.ChallengeOption(isRequired: true);
        var phase = Globals.PhaseOption("to rank");
        var json = new Option<string?>("--json")
        {
            Description = "Also write every number (intervals, tests, coverage, gaps) as JSON; - prints it instead of the table.",
            HelpName = "FILE",
        };
        var drop = new Option<bool>("--drop-missing")
        {
            Description = "Show what the ranking would be if failed and missing cases were left out instead of counting as 0.",
        };
        var command = new Command("rank", "Rank the entries of a challenge: DSC, NSD, intervals, coverage, IID–OOD gap.")
        {
            challenge,
            phase,
            json,
            drop,
            globals.ManifestPath,
            globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var workspace = globals.FindWorkspace(parse);
            var rules = ChallengeRules.Find(workspace, parse.GetRequiredValue(challenge)).In(parse.GetValue(phase));
            using var store = ResultIndex.OpenCurrent(workspace);
            var content = BoardContent.Read(rules, globals.ReadManifest(parse), workspace, store);
            if (content.IsEmpty)
            {
                globals.Complain(
                    $"Nothing to rank: no entry of {rules.Id} in the phase {rules.Phase.Name} has a result in {workspace.Root} yet.");
                return Exit.Failure;
            }

            var options = new RankingOptions { Missing = parse.GetValue(drop) ? MissingRule.Dropped : MissingRule.Worst };
            var (contest, results, imports) = content;
            var standings = Ranking.Rank(contest, results, options, imports);
            if (store.CountUnsealed(contest) is > 0 and var unsealed)
            {
                globals.Progress.PrintLine(
                    $"{unsealed} of the results are without checksum, from an older build: a change since they were written may not show.");
            }

            var file = parse.GetValue(json);
            if (file == "-")
            {
                globals.WriteJson(RankJson.Write(standings));
                return Exit.Success;
            }

            globals.Out.Write(StandingsTable.Of(contest, standings));
            foreach (var line in StandingsTable.Remarks(contest, standings))
            {
                globals.Out.PrintLine(line);
            }

            if (file is not null)
            {
                File.WriteAllBytes(file, RankJson.Write(standings));
            }

            return Exit.Success;
        });
        return command;
    }
}
