using System.CommandLine;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Studies;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone import</c>: the per-case scores of a published study as entries.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "Folder of the study: <method>/dsc.csv and, where there is NSD, <method>/nsd.csv, a row per case, a column per "
            + "structure, fractions; blank where a structure is not annotated.",
    };

    private static readonly Option<string> DatasetId = new("--dataset")
    {
        Description = "The dataset that the cases are from, by its id in the manifest.",
        HelpName = "ID",
        Required = true,
    };

    private static readonly Option<string?> MetadataPath = new("--metadata")
    {
        Description = "CSV of the cases' metadata (sex, age, manufacturer…); the only CSV file in DIR when it is left out.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Team = new("--team")
    {
        Description = "Team shown on the leaderboard.",
        HelpName = "T",
        DefaultValueFactory = _ => "Published",
    };

    private static readonly Option<string?> Source = new("--source")
    {
        Description = "Where the scores come from, in words for readers; the name of DIR when it is left out.",
        HelpName = "TEXT",
    };

    private static readonly Option<double?> ToleranceMm = new("--tolerance-mm")
    {
        Description = "NSD tolerance that the study used; the challenge's (1 mm in a new one) when it is left out.",
        HelpName = "MM",
    };

    private static readonly Option<string[]> TrainedOn = Globals.TrainedOnOption();

    private static readonly Option<string> Challenge = ChallengeOption();

    public static Command Create(Globals globals)
    {
        var command = new Command(
            "import",
            "Bring the per-case scores of a published study in as entries, marked as imported. The same study twice is harmless.")
        {
            Folder, DatasetId, MetadataPath, Team, Source, ToleranceMm, TrainedOn, Challenge, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(parse => Run(globals, parse));
        return command;
    }

    private static int Run(Globals globals, ParseResult parse)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parse.GetRequiredValue(Folder)));
        if (!Directory.Exists(folder))
        {
            throw new WrongUseException($"There is no folder {folder}.");
        }

        var manifest = globals.ReadManifest(parse);
        var dataset = Find(manifest, parse.GetRequiredValue(DatasetId));
        var study = PublishedStudy.Read(folder);
        var metadata = parse.GetValue(MetadataPath) ?? StudyMetadata.Find(folder);
        if (metadata is not null && !File.Exists(metadata))
        {
            throw new WrongUseException($"There is no file {metadata}.");
        }

        var workspace = globals.OpenWorkspace(parse);
        var outcome = new StudyImport(workspace, dataset, new ImportTerms
        {
            Team = parse.GetRequiredValue(Team),
            Source = parse.GetValue(Source) ?? Path.GetFileName(folder),
            ToleranceMm = parse.GetValue(ToleranceMm),
            TrainedOn = Globals.TrainedOn(parse.GetValue(TrainedOn), manifest),
            Challenge = parse.GetValue(Challenge),
        }).Take(study, metadata, manifest.Sha256, globals.Clock.GetUtcNow());
        ResultIndex.OpenCurrent(workspace).Dispose();
        StaleBoards.Mark(workspace);
        foreach (var remark in outcome.Remarks)
        {
            globals.Out.PrintLine(remark);
        }

        globals.Out.PrintLine(
            $"{Counted.Of(study.Methods.Count, "method")} on {Counted.Of(study.Cases.Count, "case")} of {dataset.Title}, {outcome.Added} of them new. "
            + $"Next: touchstone rank --challenge {outcome.Challenge}{Given(parse, globals.ManifestPath)}{Given(parse, globals.WorkspacePath)}");
        return Exit.Success;
    }

    /// <summary>An option as it was given, so that the next command finds the same.</summary>
    private static string Given(ParseResult parse, Option<string> option) =>
        parse.GetResult(option) is { Implicit: false } ? $" {option.Name} {Quoted(parse.GetRequiredValue(option))}" : "";

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static Dataset Find(Manifest manifest, string id) => manifest.Find(id)
        ?? throw new WrongUseException($"The manifest has no dataset \"{id}\". `touchstone datasets list` shows what it has.");

    private static Option<string> ChallengeOption()
    {
        var option = Globals.ChallengeOption(isRequired: false);
        option.Description += " Left out: published-<dataset>, which is made when it is absent.";
        return option;
    }
}
