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
            json,
            drop,
            globals.ManifestPath,
            globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var workspace = globals.OpenWorkspace(parse);
            var contest = ContestBuilder.Build(
                ChallengeRules.Find(workspace, parse.GetRequiredValue(challenge)), globals.ReadManifest(parse), workspace);
            using var store = ResultIndex.OpenCurrent(workspace);
            var results = store.Read(contest);
            var imports = store.ReadImports(contest);
            if (results.Count + imports.Count == 0)
            {
                Console.Error.WriteLine($"Nothing to rank: no entry of {contest.Id} has a result in {workspace.Root} yet.");
                return Exit.Failure;
            }

            var options = new RankingOptions { Missing = parse.GetValue(drop) ? MissingRule.Dropped : MissingRule.Worst };
            var standings = Ranking.Rank(contest, results, options, imports);
            var file = parse.GetValue(json);
            if (file == "-")
            {
                Globals.WriteJson(RankJson.Write(standings));
                return Exit.Success;
            }

            globals.Out.Write(StandingsTable.Of(contest, standings));
            if (file is not null)
            {
                File.WriteAllBytes(file, RankJson.Write(standings));
            }

            return Exit.Success;
        });
        return command;
    }
}
