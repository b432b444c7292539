using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace LlamaGate.Benchmarks;

/// <summary>
/// Imports 1,000 small packages into a store of 10,000 items and into an empty one, in turn, each as a pipeline does it: one
/// package a call, one store for them all. Prints the ratio of the medians.
/// </summary>
internal static class GrowthComparison
{
    private const int Packages = 1_000;
    private const int Registered = 10_000;

    public static int Run(int rounds)
    {
        using var samples = new SampleStore();
        string[] packages = samples.SmallPackages(Packages);

        // The runtime compiles what runs often once more.
        _ = Import(samples.Home("warm-up"), packages);
        _ = Import(samples.Filled("warm-up", Registered), packages);

        var empty = new Cost[rounds];
        var full = new Cost[rounds];
        for (int round = 0; round < rounds; round++)
        {
            empty[round] = Import(samples.Home($"empty-{round}"), packages);
            full[round] = Import(samples.Filled($"full-{round}", Registered), packages);
            Console.WriteLine($"round {round + 1}: into an empty store {empty[round]}, into one of {Registered} items {full[round]}");
        }

        Print("wall", cost => cost.Wall);
        Print("processor", cost => cost.Processor);
        return 0;

        void Print(string what, Func<Cost, double> of)
        {
            double before = Median(empty.Select(of));
            double after = Median(full.Select(of));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {before:0.000} s and {after:0.000} s for {Packages} packages, ratio {after / before:0.00} (medians of {rounds})"));
        }
    }

    private static Cost Import(LlamaGateHome home, string[] packages)
    {
        Settle();
        long started = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        using (var store = new PackageStore(home, new QuietLog()))
        {
            foreach (string package in packages)
            {
                ImportOutcome outcome = store.Import([package], new ImportOptions(), _ => true, default).Single();
                if (outcome.Error is not null)
                {
                    throw outcome.Error;
                }
            }

            store.Save(default);
        }

        var cost = new Cost(Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        Directory.Delete(home.Path, recursive: true);
        return cost;
    }

    // What was written before must not be flushed on the time of what is measured.
    private static void Settle()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            using Process sync = Process.Start("sync");
            sync.WaitForExit();
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    /// <summary>Seconds on the clock, and of all processors together.</summary>
    private sealed record Cost(double Wall, double Processor)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Wall:0.000} s ({Processor:0.000} s of processor)");
    }
}
