using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Operations.Importing;

/// <summary>What waits for the next commit, in the order in which it came: staged packages, and outcomes that are settled.</summary>
internal sealed class ImportGroup : IDisposable
{
    private readonly List<object> waiting = [];

    public IEnumerable<StagedPackage> Staged => waiting.OfType<StagedPackage>();

    public int StagedCount => Staged.Count();

    public long StagedBytes => Staged.Sum(package => package.Length);

    public bool Stages(ItemType type, string id) => Staged.Any(package =>
        package.Manifest.Type == type && string.Equals(package.Manifest.Id, id, StringComparison.OrdinalIgnoreCase));

    public void Add(ImportOutcome outcome) => waiting.Add(outcome);

    public void Add(StagedPackage package) => waiting.Add(package);

    public List<ImportOutcome> Finish(Dictionary<StagedPackage, ImportOutcome> committed)
    {
        var outcomes = waiting.Select(each => each as ImportOutcome ?? committed[(StagedPackage)each]).ToList();
        Dispose();
        return outcomes;
    }

    public void Dispose()
    {
        foreach (StagedPackage package in Staged)
        {
            package.Dispose();
        }

        waiting.Clear();
    }
}
