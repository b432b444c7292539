using System.Collections.Generic;

namespace LlamaGate;

/// <summary>What a sync would change (contract, section 8).</summary>
public class SyncPlan
{
    internal SyncPlan(bool registryIsCorrupt, IReadOnlyList<SyncChange> changes)
    {
        RegistryIsCorrupt = registryIsCorrupt;
        Changes = changes;
    }

    /// <summary>Whether <c>installed.json</c> cannot be read: the sync moves it aside and rebuilds it from disk.</summary>
    public bool RegistryIsCorrupt { get; }

    /// <summary>The differences, by type then id.</summary>
    public IReadOnlyList<SyncChange> Changes { get; }
}
