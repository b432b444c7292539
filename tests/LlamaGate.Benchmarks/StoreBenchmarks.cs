using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace LlamaGate.Benchmarks;

/// <summary>The operations that people wait for. Ratios within one run are what counts; the machine is never quiet.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
public class StoreBenchmarks : IDisposable
{
    private readonly QuietLog log = new();
    private SampleStore samples = null!;
    private string large = null!;
    private LlamaGateHome filled = null!;
    private int serial;

    [GlobalSetup]
    public void Setup()
    {
        samples = new SampleStore();
        large = samples.LargePackage("large", files: 2_000, bytesEach: 100_000);
        filled = samples.Filled("filled", 10_000);
        using var store = new PackageStore(filled, log);
        Import(store);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        samples.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Description = "import 200 MB in 2,000 files")]
    public void ImportLarge()
    {
        using var store = new PackageStore(samples.Home($"import-{serial++}"), log);
        Import(store);
    }

    [Benchmark(Description = "import the same again (Unchanged)")]
    public void ImportUnchanged()
    {
        using var store = new PackageStore(filled, log);
        Import(store);
    }

    [Benchmark(Description = "export 200 MB in 2,000 files")]
    public void ExportLarge()
    {
        using var store = new PackageStore(filled, log);
        store.Export(store.FindItem("large", null), Path.Combine(samples.Root, "export.zip"), overwrite: true, default);
    }

    [Benchmark(Description = "list 10,000 items")]
    public int List()
    {
        using var store = new PackageStore(filled, log);
        return store.GetItems().Count;
    }

    [Benchmark(Description = "sync 10,000 items, nothing to do")]
    public int Sync()
    {
        using var store = new PackageStore(filled, log);
        return store.PlanSync(default).Changes.Count;
    }

    private void Import(PackageStore store)
    {
        ImportOutcome outcome = store.Import([large], new ImportOptions(), _ => true, default).Single();
        if (outcome.Error is not null)
        {
            throw outcome.Error;
        }
    }
}
