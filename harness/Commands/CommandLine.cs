using System.CommandLine;
using System.CommandLine.Parsing;

namespace Touchstone.Harness.Commands;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Globals globals) => new(
        "The benchmark and challenge harness for medical CT segmentation: runs participants' containers in a sandbox, scores "
        + "every structure, ranks, and publishes leaderboards.\n\n"
        + "Exit codes: 0 success, 1 the work failed, 2 wrong use (nothing was changed).")
    {
        DemoCommand.Create(globals),
        DatasetsCommand.Create(globals),
        ChallengeCommand.Create(globals),
        InitCommand.Create(globals),
        CheckCommand.Create(globals),
        SubmitCommand.Create(globals),
        SubmissionsCommand.Create(globals),
        RunCommand.Create(globals),
        FeedbackCommand.Create(globals),
        EvaluateCommand.Create(globals),
        ImportCommand.Create(globals),
        RankCommand.Create(globals),
        PublishCommand.Create(globals),
        TransferCommand.Create(globals),
        ServeCommand.Create(globals),
        WorkCommand.Create(globals),
        TokenCommand.Create(globals),
        DecisionCommands.Disqualify(globals),
        DecisionCommands.Withdraw(globals),
        DecisionCommands.Release(globals),
        RescoreCommand.Create(globals),
        VerifyCommand.Create(globals),
        ReindexCommand.Create(globals),
        BackupCommands.Backup(globals),
        BackupCommands.Restore(globals),
    };

    /// <summary>The words that lead to a command, such as <c>touchstone datasets list</c>.</summary>
    /// <param name="result">Where the command line led.</param>
    public static string Path(CommandResult result) => result.Parent is CommandResult parent
        ? $"{Path(parent)} {result.Command.Name}"
        : "touchstone";
}
