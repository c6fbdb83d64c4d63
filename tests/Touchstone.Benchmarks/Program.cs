using BenchmarkDotNet.Running;
using Touchstone.Benchmarks;

switch (args)
{
    case ["compare", var folder]:
        Comparison.PrintAll(folder);
        break;
    case ["overhead", var folder, .. var rest]:
        await Overhead.PrintAsync(folder, rest switch { ["--quick"] => 0, ["--long"] => 10, _ => null });
        break;
    case ["measure", var folder, var name]:
        Comparison.MeasureOne(folder, name);
        break;
    case ["upload", var folder, var megabytes]:
        await UploadLoad.PrintAsync(folder, int.Parse(megabytes, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["server", var folder]:
        await ServerLoad.PrintAsync(folder);
        break;
    case ["board", var folder, .. var rest]:
        await BoardLoad.PrintAsync(folder, rest);
        break;
    case ["board-publish", var root]:
        await BoardLoad.PublishAsync(root);
        break;
    case ["ranking"]:
        RankingBenchmarks.Print();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EvaluationBenchmarks).Assembly).Run(args);
        break;
}

return 0;
