using System.Diagnostics;
using System.Globalization;

namespace Touchstone.Benchmarks;

/// <summary>
/// One table: what every pair takes here, what the machine allows, the target, and another implementation if given.
/// </summary>
internal static class Comparison
{
    /// <summary>Measures a pair in this process, warm, and prints a line that a parent process reads.</summary>
    /// <param name="folder">Folder of the volumes.</param>
    /// <param name="name">The pair.</param>
    public static void MeasureOne(string folder, string name)
    {
        var volumes = new Volumes(folder);
        var (cpu, alone, together) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        var limit = Stopwatch.StartNew();
        for (var n = 0; n < 30 && (n < 3 || limit.Elapsed < TimeSpan.FromSeconds(20)); n++)
        {
            var (before, clock) = (Volumes.Cpu(), Stopwatch.StartNew());
            volumes.Score(name, threads: 1);
            cpu = Least(cpu, Volumes.Cpu() - before);
            alone = Least(alone, clock.Elapsed);
        }

        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64;
        for (var n = 0; n < 5; n++)
        {
            var clock = Stopwatch.StartNew();
            volumes.Score(name, threads: 2);
            together = Least(together, clock.Elapsed);
        }

        var (decode, pass, elements) = volumes.Floor(name);
        Console.WriteLine(string.Join('\t', new[]
        {
            cpu.TotalMilliseconds, alone.TotalMilliseconds, together.TotalMilliseconds, peak / 1048576.0,
            decode.TotalMilliseconds, pass.TotalMilliseconds, elements,
        }.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
    }

    /// <summary>Measures every pair in a process of its own and prints the table.</summary>
    /// <param name="folder">Folder of the volumes.</param>
    public static void PrintAll(string folder)
    {
        Console.WriteLine("CPU: one thread, warm. Floor: decode + one pass at memory bandwidth + 10 ns a surface element.");
        Console.WriteLine("Elapsed: how long somebody waits, with two threads; gain: how much less than with one.");
        Console.WriteLine("pair                   CPU ms   floor ms  CPU/floor  vs uint8  elapsed ms    gain   peak MB   elements");
        double? uint8 = null;
        foreach (var name in Volumes.Names)
        {
            new Volumes(folder).Paths(name);
            var numbers = Child(folder, name);
            var (cpu, alone, together, peak) = (numbers[0], numbers[1], numbers[2], numbers[3]);
            var (floor, elements) = (numbers[4] + numbers[5] + (numbers[6] * 1e-5), numbers[6]);
            uint8 ??= cpu;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20} {cpu,8:F1} {floor,10:F1} {cpu / floor,10:F2} {cpu / uint8.Value,9:F2} {together,11:F1} {alone / together,6:F2}x {peak,9:F0} {elements,10:N0}"));
        }
    }

    private static double[] Child(string folder, string name)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["measure", folder, name])
        {
            RedirectStandardOutput = true,
        })!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. line.Trim().Split('\t').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
