using System;

namespace LlamaGate.Transactions;

/// <summary>What a store has found out about its home's lock and staging, and need not find out again.</summary>
internal sealed class LockState
{
    /// <summary>By what the store recognizes that nobody else has held the lock since it did.</summary>
    public Guid Signature { get; } = Guid.NewGuid();

    /// <summary>Whether locks keep others out; null until the first is taken.</summary>
    public bool? LocksHold { get; set; }

    /// <summary>Whether the store has looked for staging that interrupted commands left behind.</summary>
    public bool HasSwept { get; set; }
}
