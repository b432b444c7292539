using System.Collections.Generic;
using System.IO;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// Systems whose container runtime or C library is older than <c>statx</c>: the call answers EPERM or ENOSYS. A process remembers that, so
/// each test has a process of its own.
/// </summary>
public sealed class OldSystemTests
{
    private const string NotPermitted = "1";
    private const string NoSuchCall = "38";

    [Theory]
    [InlineData(NotPermitted)]
    [InlineData(NoSuchCall)]
    public void Every_command_works_where_statx_is_refused(string error)
    {
        SkipUnlessRefusable(error);
        using var test = new TestHome(inMemory: true);

        Run("import", test.ExtensionZip("x", "1.0.0", "one"));
        Run("import", test.ExtensionZip("x", "2.0.0", "two"));
        Run("restore", "x");
        Run("disable", "x");
        Run("sync");
        Run("list");
        Run("export", "x", Path.Combine(test.Root, "x.zip"));
        Run("import", test.ExtensionZip("y"));
        Run("remove", "y");

        InstalledItem item = Assert.Single(test.Items());
        Assert.Equal(("x", "1.0.0", false), (item.Id, item.Version, item.Enabled));
        Assert.Equal("one", test.Read("extensions/installed/x/templates/body.txt"));
        test.AssertNoStaging();

        void Run(params string[] words)
        {
            using var child = Child.Start(test.Home, ["--no-statx", error, .. words]);
            child.AssertSucceeded();
        }
    }

    /// <summary>What such a process wrote into the journal about its folders is understood by one that has the call.</summary>
    [Theory]
    [InlineData("update")]
    [InlineData("restore")]
    public void Nothing_is_lost_when_a_process_without_statx_is_killed_at_a_step(string scenario)
    {
        SkipUnlessRefusable(NoSuchCall);
        using var trial = new CrashTrial(scenario);
        IReadOnlyList<(int, string)> steps = TestScale.Sample(trial.Steps(mayExchange: true), oneOf: 6);
        foreach ((int number, string step) in steps)
        {
            trial.Reset();
            using (var child = Child.Start(trial.Test.Home, ["--no-statx", NoSuchCall, "--die", $"{number}", .. trial.Words]))
            {
                child.AssertKilled();
            }

            CrashTrial.Check(() => trial.AssertNothingIsLost(mayExchange: true), step);
        }

        TestScale.Report(steps.Count, "processes without statx killed at a step");
    }

    private static void SkipUnlessRefusable(string error)
    {
        Assert.SkipWhen(RefusedCalls.StatX.Length == 0, "This needs Linux, which can refuse a system call.");
        using var test = new TestHome(inMemory: true);
        using var child = Child.Start(test.Home, "--no-statx", error, "list");
        Assert.SkipWhen(child.ExitCode == 3, "This kernel cannot be asked to refuse a system call.");
    }
}
