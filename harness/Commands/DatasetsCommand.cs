using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard;

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
        Init(globals),
        Checksum(globals),
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

    private static Command Init(Globals globals)
    {
        var root = new Argument<string>("ROOT") { Description = "Folder with the CTs and their reference masks." };
        var id = new Option<string?>("--id")
        {
            Description = "What the dataset is to be called: lower-case letters, digits, dots and hyphens. Left out: after the folder.",
            HelpName = "ID",
        };
        var command = new Command(
            "init",
            "Look into a folder and write, for you to complete, an entry of the manifest (made where there is none), a case list and "
            + "checksums. It knows the layouts of AbdomenAtlas and TotalSegmentator, nnU-Net and the Medical Segmentation Decathlon, and "
            + "pairs of flat folders such as FLARE's; what cannot be used is named and left out.")
        {
            root, id, globals.ManifestPath,
        };
        command.SetAction(parse =>
        {
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parse.GetRequiredValue(root)));
            if (!Directory.Exists(folder))
            {
                throw new WrongUseException($"There is no folder {folder}.");
            }

            var name = parse.GetValue(id) ?? DatasetReader.IdFrom(Path.GetFileName(folder));
            if (!DatasetReader.IsId(name))
            {
                throw new WrongUseException($"\"{name}\" is no id of a dataset: give one with --id, of lower-case letters, digits, dots and hyphens.");
            }

            return Init(globals, DatasetSurvey.Of(folder), folder, name, parse.GetRequiredValue(globals.ManifestPath));
        });
        return command;
    }

    private static int Init(Globals globals, DatasetSurvey? survey, string folder, string id, string manifest)
    {
        if (survey is null)
        {
            globals.Complain(
                $"Nothing in {folder} looks like CTs with reference masks. Known are CASE/ct.nii.gz with CASE/segmentations/ or a label volume "
                + "in the same folder; imagesTs/ and labelsTs/ (or imagesTr/ and labelsTr/); and two folders with volumes of the same names. "
                + "Volumes are .nii.gz, .nii or .mha.");
            return Exit.Failure;
        }

        foreach (var problem in survey.Problems)
        {
            globals.Out.PrintLine($"left out: {problem}");
        }

        if (survey.Cases.Count == 0)
        {
            globals.Complain($"No case in {folder} has one CT and one reference. Nothing was written.");
            return Exit.Failure;
        }

        var draft = new DatasetDraft(id, manifest, survey);
        globals.Progress.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask("checksums", maxValue: 1);
            draft.Write(share => task.Value = share);
        });
        globals.Out.PrintLine($"{Counted.Of(survey.Cases.Count, "case")} of the layout {survey.Files.Layout.ToString().ToLowerInvariant()} in {folder}.");
        globals.Out.PrintLine($"Written: the entry {id} of {manifest}, {draft.CaseList}, {draft.Checksums}{(draft.NeedsLabels ? $", {draft.Labels}" : "")}.");
        globals.Out.PrintLine(draft.NeedsLabels
            ? $"Complete the entry, and say in {draft.Labels} what the numbers mean; then: touchstone datasets verify {id} --manifest {manifest}"
            : $"Complete the entry; then: touchstone datasets verify {id} --manifest {manifest}");
        return Exit.Success;
    }

    private static Command Checksum(Globals globals)
    {
        var id = new Argument<string>("ID") { Description = "A dataset's id, as `touchstone datasets list` shows it." };
        var replace = new Option<bool>("--replace") { Description = "Write the list anew where files have changed since it was written." };
        var command = new Command(
            "checksum", "Write the SHA-256 of every CT and reference mask of a dataset to the file that its entry names under \"checksums\".")
        {
            id, replace, globals.ManifestPath,
        };
        command.SetAction(parse =>
        {
            var dataset = Find(globals.ReadManifest(parse), parse.GetRequiredValue(id));
            if (dataset.Files is not { Checksums: { } path } files)
            {
                throw new WrongUseException($"The manifest's entry of {dataset.Id} names no \"checksums\" under \"files\": add the name of a file there.");
            }

            var cases = CaseList.Read(dataset);
            var text = globals.Progress.Progress().AutoClear(true).Start(progress =>
            {
                var task = progress.AddTask(Markup.Escape(dataset.Id), maxValue: 1);
                return ChecksumFile.Write(files.Root, cases.SelectMany(Verifier.FilesOf).Distinct(), share => task.Value = share);
            });
            if (!parse.GetValue(replace) && File.Exists(path) && ChecksumFile.Changed(path, text) is { Count: > 0 } changed)
            {
                globals.Complain(
                    $"Changed since {path} was written: {NameList.Of(changed)}. Nothing was written. If that is meant, and reference masks are "
                    + "among them, raise \"reference-version\"; then write the list with --replace.");
                return Exit.Failure;
            }

            File.WriteAllText($"{path}.new", text);
            DurableFile.Rename($"{path}.new", path);
            globals.Out.PrintLine($"Written: {path}, {Counted.Of(text.Count(letter => letter == '\n'), "file")} of {Counted.Of(cases.Count, "case")}.");
            return Exit.Success;
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
