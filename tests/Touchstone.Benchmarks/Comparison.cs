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
        var cpu = TimeSpan.MaxValue;
        foreach (var _ in Rounds())
        {
            var before = Volumes.Cpu();
            volumes.Score(name, threads: 1);
            cpu = Least(cpu, Volumes.Cpu() - before);
        }

        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64;
        var (alone, together, both) = Threads(volumes, name);
        var (decode, pass, elements) = volumes.Floor(name);
        Console.WriteLine(string.Join('\t', new[]
        {
            cpu.TotalMilliseconds, alone.TotalMilliseconds, together.TotalMilliseconds, both.TotalMilliseconds, peak / 1048576.0,
            decode.TotalMilliseconds, pass.TotalMilliseconds, elements,
        }.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
    }

    /// <summary>Measures every pair in a process of its own and prints the table.</summary>
    /// <param name="folder">Folder of the volumes.</param>
    public static void PrintAll(string folder)
    {
        Console.WriteLine("CPU: one thread, warm. Floor: decode + one pass at memory bandwidth + 10 ns a surface element.");
        Console.WriteLine("Elapsed: how long somebody waits, with two threads; gain: how much less than with one; of: what two threads");
        Console.WriteLine("that do nothing together, each scoring the pair for itself, gain on this machine.");
        Console.WriteLine("pair                   CPU ms    pass ms  floor ms CPU/floor vs uint8 elapsed ms    gain      of  peak MB   elements");
        double? uint8 = null;
        foreach (var name in Volumes.Names)
        {
            new Volumes(folder).Paths(name);
            var numbers = Child(folder, name);
            var (cpu, alone, together, both, peak) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
            var (decode, pass, elements) = (numbers[5], numbers[6], numbers[7]);
            var floor = decode + pass + (elements * 1e-5);
            uint8 ??= cpu;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20} {cpu,8:F1} {pass,10:F1} {floor,9:F1} {cpu / floor,9:F2} {cpu / uint8.Value,8:F2} {together,10:F1} {alone / together,6:F2}x {2 * alone / both,6:F2}x {peak,8:F0} {elements,10:N0}"));
        }
    }

    /// <summary>
    /// By turns, so that a machine that slows down slows all alike: one thread, two threads on one pair, two threads with a
    /// pair each.
    /// </summary>
    private static (TimeSpan Alone, TimeSpan Together, TimeSpan Both) Threads(Volumes volumes, string name)
    {
        var (alone, together, both) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        foreach (var _ in Rounds())
        {
            alone = Least(alone, Elapsed(() => volumes.Score(name, threads: 1)));
            together = Least(together, Elapsed(() => volumes.Score(name, threads: 2)));
            both = Least(both, Elapsed(() =>
            {
                var other = new Thread(() => volumes.Score(name, threads: 1));
                other.Start();
                volumes.Score(name, threads: 1);
                other.Join();
            }));
        }

        return (alone, together, both);
    }

    /// <summary>Thirty, or as many as 20 s allow, but three.</summary>
    private static IEnumerable<int> Rounds()
    {
        var limit = Stopwatch.StartNew();
        return Enumerable.Range(0, 30).TakeWhile(n => n < 3 || limit.Elapsed < TimeSpan.FromSeconds(20));
    }

    private static TimeSpan Elapsed(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed;
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
