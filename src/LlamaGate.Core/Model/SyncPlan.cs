using System.Collections.Generic;

namespace LlamaGate;

/// <summary>What a sync would change (contract, section 8).</summary>
public class SyncPlan
{
    internal SyncPlan(bool registryIsCorrupt, IReadOnlyList<string> registryProblems, IReadOnlyList<SyncChange> changes)
    {
        RegistryIsCorrupt = registryIsCorrupt;
        RegistryProblems = registryProblems;
        Changes = changes;
    }

    /// <summary>Whether <c>installed.json</c> cannot be read: the sync moves it aside and rebuilds it from disk.</summary>
    public bool RegistryIsCorrupt { get; }

    /// <summary>
    /// Why gateway 0.9.1 cannot read <c>installed.json</c> although we can, such as "it begins with a byte order mark". The sync writes
    /// it as the gateway reads it. Empty when there is nothing of that kind.
    /// </summary>
    public IReadOnlyList<string> RegistryProblems { get; }

    /// <summary>The differences, by type then id.</summary>
    public IReadOnlyList<SyncChange> Changes { get; }
}
