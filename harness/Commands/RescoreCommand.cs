using System.CommandLine;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

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
        var cases = CaseList.Read(dataset).ToDictionary(one => one.Id, StringComparer.Ordinal);
        if (only is not null && !cases.ContainsKey(only))
        {
            throw new WrongUseException($"{id} has no case \"{only}\".");
        }

        var workspace = globals.OpenWorkspace(parse);
        ResultIndex.OpenCurrent(workspace).Dispose(); // so that the index knows which file each result came from
        var rescoring = new Rescoring(workspace, manifest.Sha256, globals.Clock);
        var results = ResultFile.FindCurrent(workspace).Select(ResultFile.Read)
            .Where(result => result.Case.Dataset == id && (only is null || result.Case.Case == only))
            .Where(result => cases.ContainsKey(result.Case.Case));
        var counts = new int[3];
        var failed = 0;
        foreach (var result in results)
        {
            stop.ThrowIfCancellationRequested();
            if (TryRescore(globals, workspace, rescoring, result, cases[result.Case.Case]) is { } outcome)
            {
                counts[(int)outcome]++;
            }
            else
            {
                failed++;
            }
        }

        ResultIndex.OpenCurrent(workspace).Dispose();
        globals.Out.PrintLine(
            $"Reference version {dataset.ReferenceVersion} of {id}: {counts[(int)RescoreOutcome.Rescored]} results scored again, "
            + $"{counts[(int)RescoreOutcome.Unchanged]} taken over because their masks are unchanged, "
            + $"{counts[(int)RescoreOutcome.Current]} were current, {failed} failed.");
        return failed == 0 ? Exit.Success : Exit.Failure;
    }

    private static RescoreOutcome? TryRescore(
        Globals globals, Workspace workspace, Rescoring rescoring, CaseResult result, DatasetCase item)
    {
        try
        {
            return rescoring.Rescore(result, ChallengeRules.Read(workspace, result.Entry.Challenge), item);
        }
        catch (Exception fault) when (fault is InvalidDataException or DatasetFaultException or IOException)
        {
            globals.Progress.PrintLine(fault.Message);
            return null;
        }
    }
}
