using BenchmarkDotNet.Running;
using Touchstone.Benchmarks;

switch (args)
{
    case ["compare", var folder]:
        Comparison.PrintAll(folder);
        break;
    case ["measure", var folder, var name]:
        Comparison.MeasureOne(folder, name);
        break;
    case ["ranking"]:
        RankingBenchmarks.Print();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EvaluationBenchmarks).Assembly).Run(args);
        break;
}

return 0;
