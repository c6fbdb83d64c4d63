using System.CommandLine;
using Touchstone.Baselines.Networks;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Measuring;

/// <summary>The command that <c>tests/benchmarks.sh --baselines</c> runs.</summary>
internal static class MeasureCommand
{
    private const int Outputs = 26;

    /// <summary>The command.</summary>
    /// <param name="output">Gets figures.</param>
    public static Command Create(TextWriter output)
    {
        var network = new Option<Backbone>("--network") { Description = "Which network", DefaultValueFactory = _ => Backbone.SegResNet };
        var side = new Option<int>("--window") { Description = "Voxels along each axis", DefaultValueFactory = _ => 96 };
        var threads = new Option<int>("--threads") { Description = "Threads", DefaultValueFactory = _ => Environment.ProcessorCount };
        var turns = new Option<string?>("--turns")
        {
            Description = "Write the network to this file, then run one pass for every line of input",
        };
        var command = new Command("measure", "Tells what the worker costs beside its network.") { network, side, threads, turns };
        command.SetAction(parse =>
        {
            TorchLibrary.Threads = parse.GetValue(threads);
            var plan = new NetworkPlan { Backbone = parse.GetValue(network), Outputs = Outputs };
            var measurement = new Measurement(plan, parse.GetValue(side));
            if (parse.GetValue(turns) is { } path)
            {
                measurement.Turns(path, Console.In, output);
            }
            else
            {
                measurement.Window(output);
            }

            return Exit.Success;
        });
        return command;
    }
}
