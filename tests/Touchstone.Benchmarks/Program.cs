using System.Diagnostics;
using Touchstone.Benchmarks;
using Touchstone.Evaluators;

var folder = args[0];
Directory.CreateDirectory(folder);
var labels = new LabelMap { Name = "phantom", Structures = Enumerable.Range(1, 27).ToDictionary(i => (byte)i, i => $"organ_{i}") };
void Measure(string name, Func<PhantomPair> make)
{
    var r = Path.Combine(folder, name + "-ref.nii.gz");
    var p = Path.Combine(folder, name + "-pred.nii.gz");
    if (!File.Exists(r))
    {
        var pair = make();
        NiftiWriter.Write(r, pair.Geometry, pair.Reference);
        NiftiWriter.Write(p, pair.Geometry, pair.Prediction);
    }

    for (var i = 0; i < 10; i++)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var score = CaseEvaluator.Score(
            new MaskSource.LabelFile(r, labels), new MaskSource.LabelFile(p, labels), [.. labels.Structures.Values],
            new Protocol { Name = "surface-distance" });
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine($"{name} {clock.Elapsed.TotalMilliseconds:F1} ms, CPU {used.TotalMilliseconds:F1}, dsc {score.Structures[0].Dsc:F3} nsd {score.Structures[0].Nsd:F3} hd95 {score.Structures[1].Hd95Mm:F2} hd {score.Structures[1].HdMm:F2}, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }
}

Measure("organs512", () => PhantomPair.Organs(512, 512, 512, 23));
Measure("organs900", () => PhantomPair.Organs(512, 512, 900, 23));
Measure("shift25", () => PhantomPair.Shifted(PhantomPair.Organs(512, 512, 512, 23), 25));
Measure("noise192", () => PhantomPair.Noise(192, 20));
