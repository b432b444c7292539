using BenchmarkDotNet.Running;
using LlamaGate.Benchmarks;

// growth: one measured run of its own, because it compares whole pipelines; everything else is BenchmarkDotNet's.
if (args is ["growth", ..])
{
    return GrowthComparison.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5);
}

BenchmarkSwitcher.FromAssembly(typeof(StoreBenchmarks).Assembly).Run(args);
return 0;
