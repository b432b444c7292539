using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Registry;

/// <summary>The entries of a registry: one for each type and id, found with and without regard to case.</summary>
internal sealed class RegistryEntries
{
    private readonly Dictionary<ItemType, Dictionary<string, List<RegistryEntry>>> entries = new()
    {
        [ItemType.Extension] = new(StringComparer.OrdinalIgnoreCase),
        [ItemType.AgenticModule] = new(StringComparer.OrdinalIgnoreCase),
    };

    public int Count { get; private set; }

    /// <summary>The entries by type then id (ordinal).</summary>
    public IEnumerable<RegistryEntry> InOrder => entries
        .OrderBy(ofType => ofType.Key.ToToken(), StringComparer.Ordinal)
        .SelectMany(ofType => ofType.Value.Values.SelectMany(alike => alike).OrderBy(entry => entry.Id, StringComparer.Ordinal));

    /// <summary>The entry of exactly this id.</summary>
    public RegistryEntry? Find(ItemType type, string id)
    {
        foreach (RegistryEntry entry in FindAlike(type, id))
        {
            if (string.Equals(entry.Id, id, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The entries whose ids are equal but for case.</summary>
    public IReadOnlyList<RegistryEntry> FindAlike(ItemType type, string id) =>
        entries[type].TryGetValue(id, out List<RegistryEntry>? alike) ? alike : [];

    /// <summary>Adds an entry, or puts it in the place of the one with its id.</summary>
    public void Set(RegistryEntry entry)
    {
        if (!entries[entry.Type].TryGetValue(entry.Id, out List<RegistryEntry>? alike))
        {
            entries[entry.Type].Add(entry.Id, alike = []);
        }

        int index = alike.FindIndex(other => string.Equals(other.Id, entry.Id, StringComparison.Ordinal));
        if (index < 0)
        {
            alike.Add(entry);
            Count++;
        }
        else
        {
            alike[index] = entry;
        }
    }

    public void Drop(ItemType type, string id)
    {
        if (!entries[type].TryGetValue(id, out List<RegistryEntry>? alike))
        {
            return;
        }

        Count -= alike.RemoveAll(entry => string.Equals(entry.Id, id, StringComparison.Ordinal));
        if (alike.Count == 0)
        {
            entries[type].Remove(id);
        }
    }
}
