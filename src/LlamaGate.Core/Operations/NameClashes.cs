using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LlamaGate.Manifests;
using LlamaGate.Manifests.GatewayRules;
using LlamaGate.Registry;

namespace LlamaGate.Operations;

/// <summary>
/// Finds what gateway 0.9.1 cannot tell apart: it keys its registry by id alone, and its extensions by the name in
/// <c>manifest.yaml</c> (contract, sections 2 and 4).
/// </summary>
internal sealed class NameClashes
{
    private readonly LlamaGateHome home;
    private readonly HashSet<(ItemType, string)> planned = [];
    private readonly Dictionary<string, string> plannedNames = new(StringComparer.Ordinal);
    private ILookup<string, string>? installedNames;

    public NameClashes(LlamaGateHome home)
    {
        this.home = home;
    }

    /// <summary>Notes that an item is about to be installed.</summary>
    public void Add(ItemManifest manifest)
    {
        planned.Add((manifest.Type, manifest.Id));
        if (manifest is { Type: ItemType.Extension, DefinitionName: { } name })
        {
            plannedNames[name] = manifest.Id;
        }
    }

    /// <summary>The warnings about an item before it is installed.</summary>
    public IEnumerable<string> Of(RegistrySnapshot registry, ItemManifest manifest)
    {
        ItemType other = manifest.Type == ItemType.Extension ? ItemType.AgenticModule : ItemType.Extension;
        string? where = registry.Find(other, manifest.Id) is not null ? "An installed " : planned.Contains((other, manifest.Id)) ? "An imported " : null;
        if (where is not null)
        {
            yield return $"{where}{other.ToToken()} has the id '{manifest.Id}' as well. Gateway 0.9.1 keys its registry by the id alone, and "
                + "loses one of the two items when it writes the registry. Give one of them another id.";
        }

        if (manifest is not { Type: ItemType.Extension, DefinitionName: { } name })
        {
            yield break;
        }

        if (WithName(registry, name, manifest.Id) is { } twin)
        {
            yield return $"The manifest.yaml files of '{manifest.Id}' and of '{twin}' have the same name, '{name}'. Gateway 0.9.1 keys "
                + "extensions by this name and serves only one of the two. Give one of them another name.";
        }
        else if (!string.Equals(name, manifest.Id, StringComparison.Ordinal)
            && (IsId(registry, name) || planned.Contains((ItemType.Extension, name)) || planned.Contains((ItemType.AgenticModule, name))))
        {
            yield return $"The manifest.yaml of '{manifest.Id}' has the name '{name}', which is the id of another item. When gateway "
                + $"0.9.1 refreshes, it enables and disables '{manifest.Id}' together with that item. Give one of them another name.";
        }
    }

    private static bool IsId(RegistrySnapshot registry, string name) =>
        registry.Find(ItemType.Extension, name) is not null || registry.Find(ItemType.AgenticModule, name) is not null;

    // The registry may know an item by another name than its definition has: the file decides.
    private string? WithName(RegistrySnapshot registry, string name, string id)
    {
        installedNames ??= registry.Entries
            .Where(entry => entry.Type == ItemType.Extension)
            .ToLookup(entry => entry.Name, entry => entry.Id, StringComparer.Ordinal);
        return installedNames[name]
            .Concat(registry.Find(ItemType.Extension, name) is not null ? [name] : Enumerable.Empty<string>())
            .Where(other => !string.Equals(other, id, StringComparison.Ordinal))
            .FirstOrDefault(other => string.Equals(DefinitionName(other), name, StringComparison.Ordinal))
            ?? (plannedNames.TryGetValue(name, out string? twin) && !string.Equals(twin, id, StringComparison.Ordinal) ? twin : null);
    }

    private string DefinitionName(string id) =>
        GatewayManifest.Read(new GatewayFiles(home.ItemFolder(ItemType.Extension, id)), ItemType.Extension, CancellationToken.None).Name;
}
