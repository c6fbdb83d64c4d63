using BenchmarkDotNet.Attributes;
using Touchstone.Evaluators;

namespace Touchstone.Benchmarks;

/// <summary>Scoring of whole cases, files included.</summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private readonly Volumes _volumes = new(Path.Combine(Path.GetTempPath(), "touchstone-benchmarks"));

    [ParamsSource(nameof(Names))]
    public string Pair { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    public static IEnumerable<string> Names => Volumes.Names;

    [GlobalSetup]
    public void Prepare() => _volumes.Paths(Pair);

    [Benchmark]
    public CaseScore Score() => _volumes.Score(Pair, Threads);
}
