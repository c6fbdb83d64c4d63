using System.CommandLine;
using Spectre.Console;
using Touchstone.Evaluators;
using Touchstone.Harness.Evaluation;

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
        Description = "The segmentation to judge: a volume, or a folder of the same layout.",
        HelpName = "PATH",
        Required = true,
    };

    private static readonly Option<string?> Labels = new("--labels")
    {
        Description = "What the numbers of multi-label volumes mean: "
            + $"{string.Join(", ", LabelMaps.All.Select(map => map.Name))}, or a text file with lines such as `1 aorta`. "
            + "Without it, folders hold binary masks named after their structure.",
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
            "Score segmentations without any container: two volumes, two folders with a volume a case, two folders of masks, "
            + "or two folders with a folder of masks a case. A case that cannot be scored is reported as rejected, and the "
            + "others are scored; the exit code is then 1.")
        {
            Reference,
            Prediction,
            Labels,
            ProtocolName,
            ToleranceMm,
            Json,
            Csv,
            Threads,
        };
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

        var cases = EvaluationCase.Find(
            parse.GetRequiredValue(Reference), parse.GetRequiredValue(Prediction), ReadLabels(parse.GetValue(Labels)));
        var results = Score(globals.Progress, cases, protocol, threads, stop);
        if (json != "-" && csv != "-")
        {
            globals.Out.Write(EvaluationTable.Of(protocol, results));
            foreach (var line in EvaluationRemarks.Lines(results))
            {
                globals.Out.PrintLine(line);
            }
        }

        Write(globals, json, () => EvaluationReport.Write(protocol, results));
        Write(globals, csv, () => EvaluationCsv.Write(protocol, results));
        return results.All(one => one.Score is not null) ? Exit.Success : Exit.Failure;
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

    private static LabelMap? ReadLabels(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (LabelMaps.Find(name) is { } known)
        {
            return known;
        }

        try
        {
            return File.Exists(name)
                ? LabelMapFile.Read(name)
                : throw new WrongUseException(
                    $"There are no labels {name}: name {string.Join(", ", LabelMaps.All.Select(map => map.Name))}, or a file.");
        }
        catch (FormatException fault)
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
