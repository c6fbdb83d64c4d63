using System.CommandLine;
using Spectre.Console;
using Touchstone.Evaluators;
using Touchstone.Harness.Evaluation;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone evaluate</c>: scores files or folders without any container.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Reference = new("--reference")
    {
        Description = "The true segmentation: a volume, or a folder.",
        HelpName = "PATH",
        Required = true,
    };

    private static readonly Option<string> Prediction = new("--prediction")
    {
        Description = "The segmentation to judge: a volume, or a folder. Cases belong together by name; one suffix in all names of a "
            + "side, such as _pred, is ignored.",
        HelpName = "PATH",
        Required = true,
    };

    private static readonly Option<string?> Labels = new("--labels")
    {
        Description = "What the numbers of multi-label volumes mean: "
            + $"{LabelMaps.Names}, a text file with lines such as `1 aorta`, or nnU-Net's "
            + "dataset.json. Without it, folders hold binary masks named after their structure.",
        HelpName = "L",
    };

    private static readonly Option<string> ProtocolName = new("--protocol")
    {
        Description = $"Which definition of the metrics: {string.Join(", ", Protocol.Names)}.",
        HelpName = "P",
        DefaultValueFactory = _ => Protocol.SurfaceDistance,
    };

    private static readonly Option<double> ToleranceMm = new("--tolerance-mm")
    {
        Description = "Distance up to which surfaces agree in NSD, inclusive.",
        HelpName = "MM",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Json = new("--json")
    {
        Description = "Also write the scores of every case as JSON; - prints it instead of the table.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Csv = new("--csv")
    {
        Description = "Also write every number of every case as CSV; - prints it instead of the table.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Missing = new("--missing")
    {
        Description = "What a case without a valid prediction is worth in the table: worst counts DSC 0 and NSD 0, as boards do; "
            + "skip leaves it out of the means, and the table says so.",
        HelpName = "worst|skip",
        DefaultValueFactory = _ => "worst",
    };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Cases scored at once; memory grows with it. Default: one per processor.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Command Create(Globals globals)
    {
        var command = new Command(
            "evaluate",
            "Score segmentations without any container. Either side is a label volume, a folder with one a case, a folder of masks, "
            + "or a folder with a folder of masks a case. A case that cannot be scored is reported as rejected, and the others are "
            + "scored; the exit code is then 1.")
        {
            Reference,
            Prediction,
            Labels,
            ProtocolName,
            ToleranceMm,
            Json,
            Csv,
            Missing,
            Threads,
        };
        Missing.AcceptOnlyFromAmong("worst", "skip");
        command.SetAction((parse, stop) => Task.FromResult(Evaluate(globals, parse, stop)));
        return command;
    }

    private static int Evaluate(Globals globals, ParseResult parse, CancellationToken stop)
    {
        var protocol = ReadProtocol(parse);
        var (json, csv, threads) = (parse.GetValue(Json), parse.GetValue(Csv), parse.GetValue(Threads));
        if (threads < 1 || (json == "-" && csv == "-"))
        {
            throw new WrongUseException(threads < 1
                ? $"--threads is 1 or more, not {threads}."
                : "Only one of --json and --csv can be printed.");
        }

        var labels = LabelChoice.Read(parse.GetValue(Labels));
        var set = EvaluationSet.Find(parse.GetRequiredValue(Reference), parse.GetRequiredValue(Prediction), labels);
        var isTable = json != "-" && csv != "-";
        (isTable ? globals.Out : globals.Progress).PrintLine($"{set.Reading}.");
        var results = Score(globals.Progress, set.Cases, protocol, threads, stop);
        RequireMasks(results, labels);
        if (isTable)
        {
            var missing = parse.GetValue(Missing) == "skip" ? MissingRule.Dropped : MissingRule.Worst;
            EvaluationTable.Print(globals.Out, protocol, results, missing);
        }

        foreach (var remark in EvaluationRemarks.Of(set, results, labels?.Shown))
        {
            globals.Progress.PrintLine(remark);
        }

        Write(globals, json, () => EvaluationReport.Write(protocol, results));
        Write(globals, csv, () => EvaluationCsv.Write(protocol, results));
        return results.All(one => one.Score is not null) ? Exit.Success : Exit.Failure;
    }

    /// <summary>Label volumes that were taken for masks give no table: their rows would be cases, not structures.</summary>
    private static void RequireMasks(IReadOnlyList<EvaluatedCase> results, LabelChoice? labels)
    {
        if (labels is null && results.All(one => one.Fault == VolumeFault.SeveralLabels))
        {
            throw new WrongUseException(
                "Nothing was scored: without --labels every file is one mask, and these hold several labels. Say with --labels what "
                + "the numbers mean: a file with a line such as `1 liver` each, a dataset.json, or, where they are numbered as one of "
                + $"them, {LabelMaps.Names}.");
        }
    }

    private static IReadOnlyList<EvaluatedCase> Score(
        IAnsiConsole console, IReadOnlyList<EvaluationCase> cases, Protocol protocol, int threads, CancellationToken stop) =>
        console.Progress().AutoClear(true).Start(progress =>
        {
            var bar = progress.AddTask("Scoring", maxValue: cases.Count);
            var printing = new Lock();
            return EvaluatedCase.All(
                cases,
                protocol,
                threads,
                finished =>
                {
                    bar.Increment(1);
                    lock (printing)
                    {
                        if (finished.Reason is { } reason)
                        {
                            console.PrintLine($"{finished.Case.Id}: rejected. {reason}");
                        }
                    }
                },
                stop);
        });

    private static Protocol ReadProtocol(ParseResult parse)
    {
        var protocol = new Protocol
        {
            Name = parse.GetRequiredValue(ProtocolName),
            ToleranceMm = parse.GetValue(ToleranceMm),
        };
        try
        {
            protocol.Validate();
            return protocol;
        }
        catch (ArgumentException fault)
        {
            throw new WrongUseException(fault.Message);
        }
    }

    private static void Write(Globals globals, string? file, Func<byte[]> content)
    {
        if (file == "-")
        {
            globals.WriteJson(content());
        }
        else if (file is not null)
        {
            File.WriteAllBytes(file, content());
        }
    }
}
