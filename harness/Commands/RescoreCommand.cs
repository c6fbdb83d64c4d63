using System.CommandLine;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone rescore</c>: scores kept predictions against corrected reference masks.</summary>
internal static class RescoreCommand
{
    public static Command Create(Globals globals)
    {
        var dataset = new Option<string>("--dataset")
        {
            Description = "The dataset whose masks were corrected, by its id in the manifest.",
            HelpName = "ID",
            Required = true,
        };
        var only = new Option<string?>("--case") { Description = "One case alone; all of the dataset when it is left out.", HelpName = "CASE" };
        var command = new Command(
            "rescore",
            "After reference masks were corrected and the dataset's reference-version was raised in the manifest: score the kept "
            + "predictions of every submission again, without running a container. Earlier scores are kept; boards use the newest.")
        {
            dataset, only, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction((parse, stop) => Task.FromResult(
            Run(globals, parse, parse.GetRequiredValue(dataset), parse.GetValue(only), stop)));
        return command;
    }

    private static int Run(Globals globals, ParseResult parse, string id, string? only, CancellationToken stop)
    {
        var manifest = globals.ReadManifest(parse);
        var dataset = manifest.Find(id) is { Files: not null } found ? found : throw new WrongUseException(
            $"The manifest has no dataset \"{id}\" with cases on this machine. `touchstone datasets list` shows what it has.");
        if (only is not null && CaseList.Read(dataset).All(one => one.Id != only))
        {
            throw new WrongUseException($"{id} has no case \"{only}\".");
        }

        var summary = DatasetRescoring.Run(
            globals.FindWorkspace(parse), manifest, dataset, only, globals.Clock, globals.Progress.PrintLine, stop);
        globals.Out.PrintLine(summary.Describe(dataset));
        return summary.Failed == 0 ? Exit.Success : Exit.Failure;
    }
}
