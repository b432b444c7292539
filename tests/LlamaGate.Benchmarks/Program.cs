using BenchmarkDotNet.Running;
using LlamaGate.Benchmarks;

// growth, lookups and verify: measured runs of their own, because they compare whole pipelines and whole processes; everything else is BenchmarkDotNet's.
if (args is ["growth", ..])
{
    return GrowthComparison.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5);
}

if (args is ["lookups", ..])
{
    return LookupComparison.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 9);
}

// verify <path of llamagate> [rounds]: beside sha256sum -c, each a process of its own.
if (args is ["verify", var commandLine, ..])
{
    return VerifyComparison.Run(commandLine, args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 9);
}

BenchmarkSwitcher.FromAssembly(typeof(StoreBenchmarks).Assembly).Run(args);
return 0;
