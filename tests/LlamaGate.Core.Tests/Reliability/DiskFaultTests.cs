using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>A disk that fails at any step of any command, once or from there on.</summary>
public sealed class DiskFaultTests
{
    public static TheoryData<string, bool> Scenarios => CrashPointTests.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_step_that_fails_ends_in_a_clear_error_and_the_old_state(string scenario, bool mayExchange)
    {
        string[] cleaning = ["staging.delete-folder", "staging.delete-checksums", "staging.unlock", "backups.prune"];
        using var trial = new CrashTrial(scenario);
        IReadOnlyList<(int, string)> steps = TestScale.Sample(trial.Steps(mayExchange), oneOf: 3);
        foreach ((int number, string step) in steps)
        {
            trial.Reset();
            LlamaGateException? error = trial.RunWithFault(mayExchange, (count, _) => count == number);

            CrashTrial.Check(() => trial.AssertAsReported(error, cleaned: !cleaning.Contains(step)), step);
        }

        TestScale.Report(steps.Count, "disk faults");
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_disk_that_stays_full_loses_nothing(string scenario, bool mayExchange)
    {
        using var trial = new CrashTrial(scenario);
        IReadOnlyList<(int, string)> steps = TestScale.Sample(trial.Steps(mayExchange), oneOf: 3);
        foreach ((int number, string step) in steps)
        {
            trial.Reset();
            LlamaGateException? error = trial.RunWithFault(mayExchange, (count, _) => count >= number);

            CrashTrial.Check(
                () =>
                {
                    trial.AssertErrorId(error);
                    trial.AssertNothingIsLost(mayExchange, PackageLimits.DefaultBackupCount + 1); // A backup too many that cannot be deleted is no loss.
                },
                step);
        }

        TestScale.Report(steps.Count, "disk faults");
    }
}
