using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>The disk as it is at every step of the command that recovers from a crash, when that command dies as well.</summary>
public sealed class RecoveryCrashTests
{
    public static TheoryData<string, bool> Scenarios => CrashPointTests.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_when_the_recovery_dies_as_well(string scenario, bool mayExchange) =>
        TestScale.Report(CrashTwice(scenario, mayExchange, powerFails: false), "crashes of recoveries");

    /// <summary>Checks every home that a crash at a step and another during the recovery leave.</summary>
    /// <returns>How many there were.</returns>
    internal static int CrashTwice(string scenario, bool mayExchange, bool powerFails)
    {
        using var trial = new CrashTrial(scenario);
        trial.Reset();
        int count = 0;
        foreach ((string step, string copy) in trial.Freeze(mayExchange, oneOf: 13, trial.Words, powerFails))
        {
            DiskCopy.Restore(copy, trial.Test.Home.Path);
            foreach ((string recovery, string again) in trial.Freeze(mayExchange, oneOf: 6, trial.NextWriter(), powerFails))
            {
                DiskCopy.Restore(again, trial.Test.Home.Path);
                CrashTrial.Check(() => trial.AssertNothingIsLost(mayExchange), $"{step}, then {recovery}");
                StorePath.Delete(again);
                count++;
            }
        }

        return count;
    }
}
