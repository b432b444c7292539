using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>How much is tried: a short form on every run, the full one with <c>LLAMAGATE_TEST_SCALE=full</c>, fewer scenarios with <c>brief</c> (tests/README.md).</summary>
internal static class TestScale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("LLAMAGATE_TEST_SCALE") == "full";

    /// <summary>Whether few scenarios are tried, because the disk is slow.</summary>
    public static bool IsBrief { get; } = Environment.GetEnvironmentVariable("LLAMAGATE_TEST_SCALE") == "brief";

    /// <summary>For how many seconds random cases are tried in the full form; -1 for a fixed number of them.</summary>
    public static int FuzzSeconds { get; } = IsFull ? 1_200 : -1;

    /// <summary>How many times something is tried.</summary>
    public static int Times(int inShort, int inFull) => IsFull ? inFull : IsBrief ? (inShort + 3) / 4 : inShort;

    /// <summary>Tells the figures of a test to whoever wants them (docs/reliability.md).</summary>
    public static void Report(long count, string what) => TestContext.Current.TestOutputHelper?.WriteLine($"figure: {count} {what}");

    /// <summary>Some of many cases, evenly, or all of them in the full form.</summary>
    public static IReadOnlyList<T> Sample<T>(IReadOnlyList<T> cases, int oneOf)
    {
        int stride = Math.Min(oneOf, cases.Count); // At least one case is tried.
        return [.. cases.Where((_, index) => IsFull || (index + cases.Count) % stride == 0)];
    }
}
