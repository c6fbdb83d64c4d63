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
            cpu.TotalMilliseconds, alone.TotalMilliseconds / together.TotalMilliseconds, peak / 1048576.0,
            decode.TotalMilliseconds, pass.TotalMilliseconds, elements,
        }.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
    }

    /// <summary>Measures every pair in a process of its own and prints the table.</summary>
    /// <param name="folder">Folder of the volumes.</param>
    public static void PrintAll(string folder)
    {
        Console.WriteLine("CPU: one thread, warm. Floor: decode + one pass at memory bandwidth + 10 ns a surface element.");
        Console.WriteLine("pair                   CPU ms   floor ms  CPU/floor  vs uint8  2 threads   peak MB   elements");
        double? uint8 = null;
        foreach (var name in Volumes.Names)
        {
            new Volumes(folder).Paths(name);
            var numbers = Child(folder, name);
            var floor = numbers[3] + numbers[4] + (numbers[5] * 1e-5);
            uint8 ??= numbers[0];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20} {numbers[0],8:F1} {floor,10:F1} {numbers[0] / floor,10:F2} {numbers[0] / uint8.Value,9:F2} {numbers[1],9:F2}x {numbers[2],9:F0} {numbers[5],10:N0}"));
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
