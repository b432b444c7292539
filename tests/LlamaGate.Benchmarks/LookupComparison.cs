using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace LlamaGate.Benchmarks;

/// <summary>
/// Looks up 1,000 ids in a home of 1,000 items and in one of 10,000, in turn, one at a time as ids in a pipeline come. Prints the ratio of
/// the medians, without the first read of the registry.
/// </summary>
internal static class LookupComparison
{
    private const int Ids = 1_000;
    private const int Few = 1_000;
    private const int Many = 10_000;

    public static int Run(int rounds)
    {
        using var samples = new SampleStore();
        LlamaGateHome few = samples.Filled("few", Few);
        LlamaGateHome many = samples.Filled("many", Many);
        _ = Time(few);
        double[] amongFew = new double[rounds];
        double[] amongMany = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            amongFew[round] = Time(few);
            amongMany[round] = Time(many);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Ids} ids among {Few} items: {Median(amongFew):0.000} ms, among {Many}: {Median(amongMany):0.000} ms, "
                + $"ratio {Median(amongMany) / Median(amongFew):0.00} (medians of {rounds})"));
        return 0;
    }

    private static double Time(LlamaGateHome home)
    {
        string[] ids = [.. Enumerable.Range(0, Ids).Select(i => $"old-{i.ToString("00000", CultureInfo.InvariantCulture)}")];
        using var store = new PackageStore(home, new QuietLog());
        _ = store.GetItems(ids[0], null);
        long started = Stopwatch.GetTimestamp();
        int found = ids.Sum(id => store.GetItems(id, null).Count);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return found == Ids ? milliseconds : throw new InvalidOperationException($"{found} of {Ids} ids were found.");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
