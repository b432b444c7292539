using System;
using System.IO;
using System.Threading;
using LlamaGate.Tests.Reliability;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>What befalls a command.</summary>
internal enum Fate
{
    /// <summary>Nothing.</summary>
    Well,

    /// <summary>The disk fails at a step, once.</summary>
    DiskFails,

    /// <summary>Its process is killed at a step.</summary>
    IsKilled,

    /// <summary>The power fails at a step: what was not flushed is lost.</summary>
    PowerFails,
}

/// <summary>Lets a command run, and something befall it at a step.</summary>
internal sealed class Misfortune
{
    private readonly TestHome test;
    private readonly Fate fate;
    private readonly int at;
    private readonly PowerLoss? power;
    private int count;
    private string? copy;

    /// <param name="test">The home; it exists.</param>
    /// <param name="fate">What befalls the command.</param>
    /// <param name="at">At which step, numbered from 1; a command of fewer steps is spared.</param>
    public Misfortune(TestHome test, Fate fate, int at)
    {
        this.test = test;
        this.fate = fate;
        this.at = at;
        power = fate == Fate.PowerFails ? new PowerLoss(test.Home.Path) : null;
    }

    /// <summary>Whether it has happened.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Whether the command came to its end, well or not.</summary>
    public bool IsSurvived => !HasStruck || fate == Fate.DiskFails;

    /// <summary>Is called for every step of the command, on any thread.</summary>
    public void OnStep(string step)
    {
        int number = Interlocked.Increment(ref count);
        HasStruck |= number == at && fate != Fate.Well;
        if (number == at && fate == Fate.DiskFails)
        {
            throw new IOException("No space left on device.");
        }

        if (number <= at)
        {
            power?.Arrive(step);
        }

        if (number == at && (power is not null || fate == Fate.IsKilled))
        {
            copy = Path.Combine(test.Root, "moments", Guid.NewGuid().ToString("N"));
            DiskCopy.Take(test.Home.Path, copy, keepsIdentities: false);
            power?.Strike(copy);
            DiskCopy.KeepIdentities(test.Home.Path, copy);
        }
    }

    /// <summary>Leaves the home as a command that has died there did.</summary>
    public void LeaveRemains()
    {
        if (!IsSurvived)
        {
            DiskCopy.Restore(copy!, test.Home.Path);
        }
    }
}
