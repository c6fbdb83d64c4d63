using System.Diagnostics;
using System.Globalization;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Networks;
using Touchstone.Baselines.Torch;
using Touchstone.Baselines.Training;

namespace Touchstone.Baselines.Measuring;

/// <summary>What the worker costs beside its network; <c>tests/benchmarks.sh --baselines</c> asks.</summary>
/// <param name="plan">Which network; its weights are random.</param>
/// <param name="side">Voxels of a window along each axis.</param>
internal sealed class Measurement(NetworkPlan plan, int side)
{
    /// <summary>Slides over a cube of two windows a side, overlap one half, and tells what gathering, weighing and adding up cost.</summary>
    /// <param name="output">Gets a line.</param>
    public void Window(TextWriter output)
    {
        using var network = Built();
        var windowed = new WindowedNetwork(network, plan.Outputs, new SlidingWindow { Side = side }, Device.Cpu);
        var length = 2 * side;
        var voxels = new float[length * length * length];
        windowed.Run(new float[side * side * side], (side, side, side), (_, _, _) => { }); // memory and kernels are there after one
        windowed.NetworkTime = TimeSpan.Zero;
        var before = Environment.CpuUsage.TotalTime;
        windowed.Run(voxels, (length, length, length), (_, _, _) => { });
        var whole = Environment.CpuUsage.TotalTime - before;
        var own = whole - windowed.NetworkTime;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sliding window over {length}³, {side}³ windows: network {windowed.NetworkTime.TotalSeconds:F1} CPU s, ")
            + string.Create(
                CultureInfo.InvariantCulture, $"all else {own.TotalSeconds:F2} CPU s = {100 * own / windowed.NetworkTime:F1} %"));
    }

    /// <summary>Writes the network as a file that Python runs too, then one forward pass for every line of input.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">A line asks for a pass; its end ends.</param>
    /// <param name="output">Gets "ready", then wall and CPU seconds of every pass.</param>
    public void Turns(string path, TextReader input, TextWriter output)
    {
        using (var built = Built())
        {
            built.Save(path);
        }

        using var network = ScriptModule.Load(path, Device.Cpu);
        using var off = GradientMode.Off();
        using var window = Operator.Call("aten::ones", "", new long[] { 1, 1, side, side, side }, ElementType.Float32);
        output.WriteLine("ready");
        while (input.ReadLine() is not null)
        {
            var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            network.Forward(window).Dispose();
            var used = Environment.CpuUsage.TotalTime - before;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:F6} {used.TotalSeconds:F6}"));
        }
    }

    private ScriptModule Built()
    {
        var definition = plan.Define();
        var network = ScriptModule.Build(definition);
        InitialWeights.Fill(network, definition, seed: 1);
        network.Train(false);
        return network;
    }
}
