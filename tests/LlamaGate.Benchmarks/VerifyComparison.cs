using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace LlamaGate.Benchmarks;

/// <summary>
/// Verifies an item of 200 MB in 2,000 files with <c>llamagate verify</c> and with <c>sha256sum -c</c> over the same checksums, in turn,
/// each a whole process. Prints the medians and their ratio, which the contract's section 11 wants to be at most 1.5.
/// </summary>
internal static class VerifyComparison
{
    private const string Id = "large";
    private const int Files = 2_000;
    private const int BytesEach = 100_000;

    public static int Run(string commandLine, int rounds)
    {
        using var samples = new SampleStore();
        LlamaGateHome home = samples.Home("home");
        using (var store = new PackageStore(home, new QuietLog()))
        {
            ImportOutcome outcome = store.Import([samples.LargePackage(Id, Files, BytesEach)], new ImportOptions(), _ => true, default).Single();
            if (outcome.Error is not null)
            {
                throw outcome.Error;
            }
        }

        string folder = home.ItemFolder(ItemType.Extension, Id);
        string checksums = home.ChecksumsFile(ItemType.Extension, Id);
        _ = Time(commandLine, folder, "verify", "--home", home.Path); // Brings the files into memory for both.
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            ours[round] = Time(commandLine, folder, "verify", "--home", home.Path);
            theirs[round] = Time("sha256sum", folder, "-c", "--quiet", checksums);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"verify: {Median(ours):0.000} s, sha256sum -c: {Median(theirs):0.000} s, ratio {Median(ours) / Median(theirs):0.00} (medians of {rounds})"));
        return 0;
    }

    private static double Time(string program, string folder, params string[] args)
    {
        long started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(started).TotalSeconds
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
