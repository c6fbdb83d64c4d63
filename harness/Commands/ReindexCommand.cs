using System.CommandLine;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone reindex</c>: makes the store anew from the result files.</summary>
internal static class ReindexCommand
{
    public static Command Create(Globals globals)
    {
        var restart = new Option<bool>("--restart-journal")
        {
            Description = "First begin the journal of decisions again from the decisions that there are. Only where lost ones cannot be restored.",
        };
        var command = new Command(
            "reindex",
            "Make the results store anew from the result.json files, which are the truth. The same files give the same bytes.")
        {
            restart,
            globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var workspace = globals.FindWorkspace(parse);
            if (parse.GetValue(restart))
            {
                new DecisionJournal(workspace).Restart(globals.Clock.GetUtcNow());
            }

            var results = ResultIndex.Rebuild(workspace);
            globals.Out.PrintLine($"{Counted.Of(results, "result")} in {workspace.StorePath}.");
            return Exit.Success;
        });
        return command;
    }
}
