using System.CommandLine;
using Touchstone.Harness.Boards;
using Touchstone.Harness.Transfer;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Transfer;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone transfer report</c>: tables and figures of what a study has so far.</summary>
internal static class TransferReportCommand
{
    public static Command Create(Globals globals)
    {
        var study = TransferCommand.StudyArgument();
        var output = new Option<string?>("--output")
        {
            Description = "Folder of the report: a page, its data, and every figure as SVG and PDF. An earlier report there is replaced "
                + "as a whole.",
            HelpName = "DIR",
        };
        var json = new Option<string?>("--json") { Description = "File for everything as JSON; - for standard output.", HelpName = "FILE" };
        var command = new Command(
            "report",
            "Report a study, also one that is half done: scores with standard deviations over trials, t-tests against learning from "
            + "scratch, and figures of data, annotations, convergence and few shots. Every number says of how many trials it is.")
        {
            study, output, json, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(async (parse, stop) =>
        {
            var (folder, file) = (parse.GetValue(output), parse.GetValue(json));
            if (folder is null && file is null)
            {
                throw new WrongUseException("Say where the report goes: --output for a page with its figures, --json for the numbers, or both.");
            }

            var open = TransferCommand.Open(globals, parse, study);
            var report = TransferReportMaker.Make(StudyOutlines.Of(open), open.Jobs.Select(open.ResultOf).OfType<JobResult>());
            if (file is not null)
            {
                WriteJson(globals, file, TransferJson.Write(report));
            }

            return folder is null || await WriteAsync(globals, folder, report, stop) ? Exit.Success : Exit.Failure;
        });
        return command;
    }

    private static void WriteJson(Globals globals, string file, byte[] text)
    {
        if (file == "-")
        {
            globals.WriteJson(text);
        }
        else
        {
            File.WriteAllBytes(file, text);
        }
    }

    private static async Task<bool> WriteAsync(Globals globals, string folder, TransferReport report, CancellationToken stop)
    {
        var (drawings, missing) = await FigureRenderer.DrawAsync(
            () => [.. TransferFigures.Of(report).Select(figure => ("", figure))], globals.FindWeb(), stop);
        if (missing is not null)
        {
            globals.Progress.PrintLine(
                $"No figure is drawn: {missing}. The page shows their numbers as tables; {FigureRenderer.HowToInstall}.");
        }

        var info = new BuildInfo(globals.Clock.GetUtcNow(), BuildVersion.Text);
        SiteFolder.Write(folder, TransferPage.Build(report, info, drawings));
        if (missing is null)
        {
            var (_, lacking) = await FigureFolder.WriteAsync(Path.Combine(folder, "figures"), drawings, stop);
            if (lacking is not null)
            {
                globals.Progress.PrintLine($"Figures are there as SVG alone: {lacking}.");
            }
        }

        globals.Out.PrintLine(Path.Combine(folder, "index.html"));
        return true;
    }
}
