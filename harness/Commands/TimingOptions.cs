using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Gpu;
using Touchstone.Harness.Meters;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Commands;

/// <summary>What <c>touchstone run</c> asks about timing: cores, GPU and repeats. Workers ask for cores and GPU too.</summary>
internal sealed class TimingOptions
{
    /// <summary><c>--repeat</c>.</summary>
    public Option<int> Repeat { get; } = new("--repeat")
    {
        Description = "Run every case until it has N timed runs, the scored one included; then show the median and spread of its "
            + "seconds and whether its predictions are the same. Scores stay those of the first run.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary><c>--cpu-set</c>.</summary>
    public Option<string?> Cores { get; } = new("--cpu-set")
    {
        Description = "Cores that containers are pinned to and that no other timed run may use meanwhile, such as 0-3,8. "
            + "Default all: one timed run at a time on this machine.",
        HelpName = "CORES",
    };

    /// <summary><c>--gpu</c>.</summary>
    public Option<string> Gpu { get; } = new("--gpu")
    {
        Description = "The GPU of submissions that ask for one, by index or UUID. Default 0.",
        HelpName = "GPU",
        DefaultValueFactory = _ => "0",
    };

    /// <summary><c>--nvml</c>.</summary>
    public Option<string?> Nvml { get; } = new("--nvml")
    {
        Description = "NVIDIA's management library, by which GPU memory is sampled. Default the driver's own, libnvidia-ml.so.1.",
        HelpName = "FILE",
    };

    /// <summary>The options that a worker has as well.</summary>
    public IReadOnlyList<Option> OfMachine => [Cores, Gpu, Nvml];

    /// <summary>The same options for a worker that this process starts.</summary>
    /// <param name="parse">The command line.</param>
    public IReadOnlyList<string> Arguments(ParseResult parse) =>
    [
        .. parse.GetValue(Cores) is { } cores ? [Cores.Name, cores] : Array.Empty<string>(),
        Gpu.Name, parse.GetRequiredValue(Gpu),
        .. parse.GetValue(Nvml) is { } nvml ? [Nvml.Name, nvml] : Array.Empty<string>(),
    ];

    /// <summary>Whether this machine has the GPU that submissions would be given.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="WrongUseException">It has not, and it was asked for by name.</exception>
    public bool HasGpu(ParseResult parse)
    {
        var id = parse.GetRequiredValue(Gpu);
        return GpuDevice.IsThere(id, parse.GetValue(Nvml))
            || (parse.GetResult(Gpu) is { Implicit: false }
                ? throw new WrongUseException($"This machine has no GPU {id}. Leave {Gpu.Name} out: then entries that ask for one are refused.")
                : false);
    }

    /// <summary>How a run goes about its work.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="engine">The engine, whose machine has the cores.</param>
    /// <param name="settings">The settings that do not depend on these options.</param>
    /// <param name="stop">Stops asking the engine.</param>
    public async Task<RunSettings> SettingsAsync(
        ParseResult parse, DockerEngine engine, RunSettings settings, CancellationToken stop)
    {
        try
        {
            return settings with
            {
                CpuSet = parse.GetValue(Cores) is { } text ? CpuSet.Parse(text, (await engine.InfoAsync(stop)).NCPU) : null,
                GpuDevice = parse.GetRequiredValue(Gpu),
                NvmlLibrary = parse.GetValue(Nvml),
                LockFolder = MachineLock.DefaultFolder,
            };
        }
        catch (FormatException fault)
        {
            throw new WrongUseException(fault.Message);
        }
    }

    /// <summary>Shows what repeats came to.</summary>
    /// <param name="globals">Where.</param>
    /// <param name="summaries">The cases.</param>
    /// <param name="json">Whether to print JSON.</param>
    public static void Print(Globals globals, IReadOnlyList<RepeatSummary> summaries, bool json)
    {
        if (json)
        {
            globals.WriteJson(
                [.. JsonSerializer.SerializeToUtf8Bytes(summaries, CommandJson.Reporting.IReadOnlyListRepeatSummary), (byte)'\n']);
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Submission", "Dataset", "Case")
            .AddColumn(new TableColumn("Runs").RightAligned())
            .AddColumn(new TableColumn("Median s").RightAligned())
            .AddColumn(new TableColumn("Least–most s").RightAligned())
            .AddColumn(new TableColumn("s.d. s").RightAligned())
            .AddColumn("Predictions");
        foreach (var one in summaries)
        {
            table.AddRow(
                Markup.Escape(one.Submission),
                Markup.Escape(one.Dataset),
                Markup.Escape(one.Case),
                one.Runs.ToString(CultureInfo.InvariantCulture),
                Seconds(one.MedianSeconds),
                $"{Seconds(one.LeastSeconds)}–{Seconds(one.MostSeconds)}",
                one.DeviationSeconds is { } deviation ? Seconds(deviation) : "",
                Words(one));
        }

        globals.Out.Write(table);
    }

    private static string Words(RepeatSummary one) => !one.SameEnding ? "other ending"
        : one.Predictions is { } predictions ? Words(predictions)
        : "one run only";

    private static string Words(Sameness predictions) => predictions switch
    {
        Sameness.Identical => "identical",
        Sameness.SameContent => "same volumes",
        Sameness.Different => "different",
        Sameness.NotComparable => "none to compare",
    };

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
