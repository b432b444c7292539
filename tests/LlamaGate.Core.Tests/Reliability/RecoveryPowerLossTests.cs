using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>The same as <see cref="RecoveryCrashTests"/>, when the power fails. A class of its own, so that the two longest trials run at the same time.</summary>
public sealed class RecoveryPowerLossTests
{
    public static TheoryData<string, bool> Scenarios => CrashPointTests.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Nothing_is_lost_when_the_power_fails_during_the_recovery_as_well(string scenario, bool mayExchange) =>
        TestScale.Report(RecoveryCrashTests.CrashTwice(scenario, mayExchange, powerFails: true), "power failures during recoveries");
}
