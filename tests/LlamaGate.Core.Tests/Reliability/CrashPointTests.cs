using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>The disk as it is at every step of every command, as a writer that dies there leaves it.</summary>
public sealed class CrashPointTests
{
    public static TheoryData<string, bool> Scenarios =>
    [
        .. Names.SelectMany(name => TestScale.IsBrief ? [(name, true)] : new[] { (name, true), (name, false) }),
    ];

    // On slow file systems, those that move folders in each way that there is.
    private static IEnumerable<string> Names => TestScale.IsBrief ? ["first install", "update", "restore", "remove"] : Scenario.Names;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_at_any_step(string scenario, bool mayExchange) =>
        TestScale.Report(Crash(scenario, mayExchange, powerFails: false), "crashes of commands");

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_a_program_writes_into_an_item_before_the_recovery_stays(string scenario, bool mayExchange)
    {
        using var trial = new CrashTrial(scenario);
        trial.Reset();
        foreach ((string step, string copy) in trial.Freeze(mayExchange, oneOf: 3, trial.Words))
        {
            DiskCopy.Restore(copy, trial.Test.Home.Path);
            CrashTrial.Check(() => trial.AssertWhatIsWrittenStays(mayExchange), step);
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_when_the_power_fails_at_any_step(string scenario, bool mayExchange) =>
        TestScale.Report(Crash(scenario, mayExchange, powerFails: true), "power failures during commands");

    private static int Crash(string scenario, bool mayExchange, bool powerFails)
    {
        using var trial = new CrashTrial(scenario);
        trial.Reset();
        IReadOnlyList<(string, string)> moments = trial.Freeze(mayExchange, oneOf: 1, trial.Words, powerFails);
        foreach ((string step, string copy) in moments)
        {
            DiskCopy.Restore(copy, trial.Test.Home.Path);
            CrashTrial.Check(() => trial.AssertNothingIsLost(mayExchange), step);
        }

        return moments.Count;
    }
}
