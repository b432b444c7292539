using System;
using System.Collections.Generic;
using System.Linq;
using LlamaGate.Installation;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>The disk as it is at every step of every command, as a writer that dies there leaves it.</summary>
public sealed class CrashPointTests
{
    public static TheoryData<string, bool> Scenarios => [.. Scenario.Names.SelectMany(name => new[] { (name, true), (name, false) })];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_at_any_step(string scenario, bool mayExchange)
    {
        using var trial = new CrashTrial(scenario);
        trial.Reset();
        foreach ((string step, string copy) in trial.Freeze(mayExchange, trial.Words))
        {
            DiskCopy.Restore(copy, trial.Test.Home.Path);
            CrashTrial.Check(() => trial.AssertNothingIsLost(mayExchange), step);
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_when_the_recovery_dies_as_well(string scenario, bool mayExchange)
    {
        using var trial = new CrashTrial(scenario);
        trial.Reset();
        foreach ((string step, string copy) in TestScale.Sample(trial.Freeze(mayExchange, trial.Words), oneOf: 12))
        {
            DiskCopy.Restore(copy, trial.Test.Home.Path);
            foreach ((string recovery, string again) in TestScale.Sample(trial.Freeze(mayExchange, trial.NextWriter()), oneOf: 3))
            {
                DiskCopy.Restore(again, trial.Test.Home.Path);
                CrashTrial.Check(() => trial.AssertNothingIsLost(mayExchange), $"{step}, then {recovery}");
            }
        }
    }
}
