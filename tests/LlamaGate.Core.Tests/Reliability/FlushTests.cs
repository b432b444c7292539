using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>Calls to flush that fail below .NET, as they do on a disk that dies.</summary>
public sealed class FlushTests
{
    private const int MostFlushes = 20;

    [Theory]
    [InlineData("fsync", "")]
    [InlineData("syncfs", "")]
    [InlineData("fsync", "+")]
    [InlineData("fsync,syncfs,ftruncate", "+")]
    public void A_flush_that_fails_is_an_error_or_leaves_the_commit_in_the_journal(string calls, string andAllLater)
    {
        Assert.SkipUnless(SystemTool.TryRun("strace", "-e", "inject=fsync:error=EIO", "true"), "This needs strace, and the right to use it.");
        using var trial = new CrashTrial("update");
        var after = HomeState.Read(trial.Test);
        trial.Reset();
        var before = HomeState.Read(trial.Test);
        string log = Path.Combine(trial.Test.Root, "calls");
        int failed = 0;
        foreach (int first in Enumerable.Range(1, MostFlushes))
        {
            trial.Reset();
            (string ErrorId, string Message)? error;
            using (var child = Child.Start(
            [
                "strace", "--follow-forks", "--output=" + log, "--trace=" + calls, $"--inject={calls}:error=EIO:when={first}{andAllLater}",
                Child.Program, trial.Test.Home.Path, .. trial.Words,
            ]))
            {
                error = child.GetError();
            }

            if (!File.ReadAllText(log).Contains("(INJECTED)", StringComparison.Ordinal))
            {
                break;
            }

            failed++;
            bool stands = error is not { } told || told.Message.Contains("The next command that changes something completes it", StringComparison.Ordinal);
            CrashTrial.Check(
                () =>
                {
                    Assert.True(error is not null || File.Exists(trial.Test.Home.JournalFile), "The failure went unnoticed.");
                    Assert.Equal((stands ? after : before).Items, HomeState.Read(trial.Test).Items);
                    trial.AssertNothingIsLost(mayExchange: true);
                },
                $"{calls} {first}{andAllLater}");
        }

        Assert.InRange(failed, 1, MostFlushes - 1);
        TestScale.Report(failed, "flushes that failed");
    }
}
