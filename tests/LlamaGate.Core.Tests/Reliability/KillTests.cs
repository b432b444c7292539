using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>Processes that are killed (SIGKILL) while they change the store.</summary>
public sealed class KillTests
{
    private const int FileCount = 2000;

    public static TheoryData<string, bool> Scenarios => CrashPointTests.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_when_a_process_is_killed_at_a_step(string scenario, bool mayExchange)
    {
        using var trial = new CrashTrial(scenario);
        IReadOnlyList<(int, string)> steps = TestScale.Sample(trial.Steps(mayExchange), oneOf: 12);
        foreach ((int number, string step) in steps)
        {
            trial.Reset();
            string[] words = [.. mayExchange ? [] : new[] { "--move" }, "--die", $"{number}", .. trial.Words];
            using (var child = Child.Start(trial.Test.Home, words))
            {
                child.AssertKilled();
            }

            CrashTrial.Check(() => trial.AssertNothingIsLost(mayExchange), step);
        }

        TestScale.Report(steps.Count, "processes killed at a step");
    }

    [Fact]
    public void Nothing_is_lost_when_imports_of_many_files_are_killed_at_random_moments()
    {
        using var test = new TestHome(inMemory: true);
        string[] zips = [Many(test, "1.0.0"), Many(test, "2.0.0")];
        string[] versions = [.. zips.Select((zip, i) => Installed(test, zip))];
        TimeSpan whole = Duration(test, zips[0]);
        var random = new Random(20260301);
        int died = 0;
        int kills = TestScale.Times(inShort: 20, inFull: 200);
        for (int i = 0; i < kills; i++)
        {
            string? before = Content(test);
            string[] words = [.. i % 2 == 0 ? [] : new[] { "--move" }, "import", zips[i % 2]];
            using (var child = Child.Start(test.Home, words))
            {
                child.WaitFor("ready");
                using var moment = new System.Threading.ManualResetEvent(false);
                moment.WaitOne(whole * random.NextDouble());
                child.Kill();
            }

            string? after = Content(test);
            Assert.True(after == before || after == versions[i % 2], $"After kill {i} the item is neither old nor new.");
            died += after == before && before != versions[i % 2] ? 1 : 0;
            if (random.Next(3) == 0)
            {
                Operation.Run(test.Context(), "sync");
                Assert.Equal(after, Content(test));
                test.AssertNoStaging();
                using PackageStore store = test.Open();
                Assert.Empty(store.PlanSync(TestContext.Current.CancellationToken).Changes);
            }

            if (i % 7 == 6 && Content(test) is not null)
            {
                Operation.Run(test.Context(), "remove", "many");
            }
        }

        TestScale.Report(kills, "processes killed at a random moment of an import");
        TestScale.Report(died, "of them before the commit");
    }

    private static string Many(TestHome test, string version) => test.Zip(
        $"many-{version}.zip",
        [
            ("manifest.yaml", TestHome.Manifest("many", version)),
            .. Enumerable.Range(0, FileCount).Select(i => ($"files/{i % 40:00}/{i}.txt", $"{i} of {version} {new string('x', i % 300)}")),
        ]);

    private static string Installed(TestHome test, string zip)
    {
        test.Import(zip);
        return Content(test)!;
    }

    private static TimeSpan Duration(TestHome test, string zip)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var child = Child.Start(test.Home, "import", zip);
        child.WaitFor("ready");
        start = System.Diagnostics.Stopwatch.GetTimestamp();
        child.AssertSucceeded();
        return System.Diagnostics.Stopwatch.GetElapsedTime(start);
    }

    // What a reader finds of the item: version and content; null when it is not installed.
    private static string? Content(TestHome test)
    {
        StoreSettings context = test.Context();
        using var store = new PackageStore(context);
        InstalledItem? item = store.GetItems().SingleOrDefault();
        return item is null
            ? null
            : item.Version + HomeState.Content(HomeState.FolderOf(context, item));
    }
}
