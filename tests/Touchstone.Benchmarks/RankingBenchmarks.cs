using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Touchstone.Leaderboard;

namespace Touchstone.Benchmarks;

/// <summary>
/// A whole ranking with 10,000 resamples: tables of every scope and structure, schemes, pairwise tests, gaps, subgroups.
/// </summary>
[MemoryDiagnoser]
public class RankingBenchmarks
{
    [Params(1, 2)]
    public int Threads { get; set; }

    [Benchmark]
    public object Rank() => Of(Threads);

    /// <summary>Ranks once cold and some times warm in this process, and prints seconds and peak memory.</summary>
    public static void Print()
    {
        var options = new RankingOptions();
        var clock = Stopwatch.StartNew();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"19 methods × 743 cases × 9 structures × 2 metrics, {SyntheticStudy.Imports.Sum(one => one.Cases.Count)} rows, {options.Resamples} resamples; made in {clock.Elapsed.TotalSeconds:F2} s"));
        foreach (var threads in new[] { 2, 1 })
        {
            for (var run = 0; run < 4; run++)
            {
                clock.Restart();
                var before = Volumes.Cpu();
                Of(threads);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{threads} threads, {(run == 0 && threads == 2 ? "cold" : "warm")}: {clock.Elapsed.TotalSeconds:F2} s, {(Volumes.Cpu() - before).TotalSeconds:F2} s of CPU"));
            }
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory: {process.PeakWorkingSet64 / 1048576.0:F0} MB"));
    }

    private static Standings Of(int threads) => Ranking.Rank(
        SyntheticStudy.Contest, [], new RankingOptions { Threads = threads }, SyntheticStudy.Imports);
}
