using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone datasets</c>: what the manifest holds, and whether it is true here.</summary>
internal static class DatasetsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of text." };

    public static Command Create(Globals globals) => new("datasets", "Show and verify the datasets of the manifest.")
    {
        List(globals),
        Describe(globals),
        Verify(globals),
    };

    private static Command List(Globals globals)
    {
        var command = new Command("list", "List every dataset: purpose, size, origin, licence, and whether its cases are here.")
        {
            Json,
            globals.ManifestPath,
        };
        command.SetAction(parse =>
        {
            var manifest = globals.ReadManifest(parse);
            if (parse.GetValue(Json))
            {
                globals.WriteJson(JsonSerializer.SerializeToUtf8Bytes(
                    manifest.Datasets, CommandJson.Reporting.IReadOnlyListDataset));
            }
            else
            {
                globals.Out.Write(DatasetTable.Of(manifest.Datasets));
            }

            return Exit.Success;
        });
        return command;
    }

    private static Command Describe(Globals globals)
    {
        var id = new Argument<string>("ID") { Description = "A dataset's id, as `touchstone datasets list` shows it." };
        var command = new Command("describe", "Show one dataset with its cases and their metadata.") { id, Json, globals.ManifestPath };
        command.SetAction(parse =>
        {
            var dataset = Find(globals.ReadManifest(parse), parse.GetRequiredValue(id));
            var isHere = dataset.Files is { } files && Directory.Exists(files.Root);
            var cases = isHere ? CaseList.Read(dataset) : null;
            if (parse.GetValue(Json))
            {
                globals.WriteJson(JsonSerializer.SerializeToUtf8Bytes(
                    new DatasetDescription(dataset, cases), CommandJson.Reporting.DatasetDescription));
            }
            else
            {
                DatasetTable.Describe(globals.Out, dataset, cases);
            }

            return Exit.Success;
        });
        return command;
    }

    private static Command Verify(Globals globals)
    {
        var ids = new Argument<string[]>("ID")
        {
            Description = "Datasets to verify; every dataset of the manifest when none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var strict = new Option<bool>("--strict") { Description = "Fail on what is only odd, too." };
        var command = new Command(
            "verify",
            "Read every byte of every case: the files are present and whole, every mask is one and lies on its CT's grid, and every file "
            + "has its SHA-256. Headers that contradict themselves, masks that overlap and names that no challenge knows are warnings. "
            + "A dataset that is not on this machine is a failure only when it is named.")
        {
            ids,
            strict,
            Json,
            globals.ManifestPath,
            globals.WorkspacePath,
        };
        command.SetAction((parse, stop) =>
        {
            var manifest = globals.ReadManifest(parse);
            var named = parse.GetValue(ids) ?? [];
            var structures = ChallengeRules.KnownStructures(parse.GetRequiredValue(globals.WorkspacePath));
            var found = Verify(
                globals, named.Length == 0 ? manifest.Datasets : [.. named.Select(id => Find(manifest, id))], structures, stop);
            if (parse.GetValue(Json))
            {
                globals.WriteJson(JsonSerializer.SerializeToUtf8Bytes(
                    found, CommandJson.Reporting.IReadOnlyListDatasetVerification));
            }
            else
            {
                DatasetTable.Verified(globals.Out, found);
            }

            var isWrong = found.Any(one => one.Status == VerificationStatus.Faulty
                || (parse.GetValue(strict) && one.Warnings.Count > 0)
                || (named.Length > 0 && one.Status != VerificationStatus.Verified));
            return Task.FromResult(isWrong ? Exit.Failure : Exit.Success);
        });
        return command;
    }

    private static IReadOnlyList<DatasetVerification> Verify(
        Globals globals, IReadOnlyList<Dataset> datasets, IReadOnlySet<string> structures, CancellationToken stop) =>
        globals.Progress.Progress().AutoClear(true).Start(progress => datasets.Select(dataset =>
        {
            var task = progress.AddTask(Markup.Escape(dataset.Id), maxValue: 1);
            var found = Verifier.Verify(dataset, structures, share => task.Value = share, stop);
            task.Value = 1;
            return found;
        }).ToList());

    private static Dataset Find(Manifest manifest, string id) => manifest.Find(id) ?? throw new WrongUseException(
        $"There is no dataset \"{id}\" in the manifest. `touchstone datasets list` shows every id.");
}
