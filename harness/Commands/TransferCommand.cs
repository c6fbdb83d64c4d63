using System.CommandLine;
using Spectre.Console;
using Touchstone.Harness.Transfer;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone transfer</c>: studies of how well trained networks carry over.</summary>
internal static class TransferCommand
{
    public static Command Create(Globals globals) => new(
        "transfer",
        "Transfer studies: train networks in containers of the author's own, from scratch and from pre-trainings, on few and many "
        + "annotated cases, several times each; score them; report tables and figures in the form of the SuPreM paper. "
        + "submissions/README.md describes the study file, submissions/TRAINING.md the containers.")
    {
        TransferRunCommand.Create(globals),
        TransferReportCommand.Create(globals),
        Phantoms(globals),
    };

    /// <summary>The file that defines a study. Both commands ask for it in the same words.</summary>
    public static Argument<string> StudyArgument() => new("STUDY")
    {
        Description = "The file that defines the study (.yaml). Its name without extension is the study's id in the workspace.",
    };

    /// <summary>Reads the study that the command line names.</summary>
    public static OpenStudy Open(Globals globals, ParseResult parse, Argument<string> argument)
    {
        var path = parse.GetRequiredValue(argument);
        return File.Exists(path)
            ? OpenStudy.Read(path, globals.ReadManifest(parse), globals.OpenWorkspace(parse))
            : throw new WrongUseException($"There is no study file {path}.");
    }

    private static Command Phantoms(Globals globals)
    {
        var output = new Option<string>("--output")
        {
            Description = "Folder for the datasets and their datasets.manifest; datasets of the same names are written anew.",
            HelpName = "DIR",
            Required = true,
        };
        var command = new Command(
            "phantoms",
            "Make phantom datasets to try a study with: a hospital to pre-train on, and a shifted one to fine-tune on, to validate with "
            + "and to be tested on.")
        {
            output,
        };
        command.SetAction(parse =>
        {
            var folder = Path.GetFullPath(parse.GetRequiredValue(output));
            Directory.CreateDirectory(folder);
            var manifest = globals.Progress.Progress().Start(context =>
            {
                var bar = context.AddTask("Phantom cases", maxValue: StudyPhantoms.All.Sum(one => one.CaseCount));
                return StudyPhantoms.Write(folder, new Ticks(() => bar.Increment(1)));
            });
            globals.Out.PrintLine(manifest);
            return Exit.Success;
        });
        return command;
    }
}
