using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Operations;

/// <summary>A sync plan, with what was compared to make it.</summary>
internal sealed class SyncComparison : SyncPlan
{
    private readonly Dictionary<SyncChange, SyncDifference> differences;

    public SyncComparison(bool registryIsCorrupt, IReadOnlyList<string> registryProblems, IReadOnlyList<SyncDifference> differences)
        : base(registryIsCorrupt, registryProblems, [.. differences.Select(difference => difference.Change)])
    {
        this.differences = differences.ToDictionary(difference => difference.Change);
    }

    /// <summary>What was compared for a change.</summary>
    public SyncDifference For(SyncChange change) => differences[change];
}
