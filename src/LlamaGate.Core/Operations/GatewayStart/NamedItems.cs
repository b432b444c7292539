using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.Operations.GatewayStart;

/// <summary>The extensions by name: the gateway serves one of each name, whatever their ids (contract, section 8).</summary>
internal sealed class NamedItems
{
    private readonly Dictionary<string, List<ViewedItem>> byName = new(StringComparer.Ordinal);

    public void Add(ViewedItem item)
    {
        if (item.Type != ItemType.Extension || item.Name.Length == 0)
        {
            return;
        }

        if (!byName.TryGetValue(item.Name, out List<ViewedItem>? named))
        {
            byName.Add(item.Name, named = []);
        }

        named.Add(item);
    }

    /// <summary>The items of a name, in the order in which the gateway comes to them.</summary>
    public IReadOnlyList<ViewedItem> Of(string name) => byName.TryGetValue(name, out List<ViewedItem>? named) ? named : [];

    /// <summary>Settles which of the installed and builtin extensions of one name is served.</summary>
    public void Settle()
    {
        foreach (List<ViewedItem> named in byName.Values.Where(named => named.Count > 1))
        {
            // At a start the order is by chance, at a refresh that of the folders' names, and the last one counts.
            ViewedItem[] installed = [.. named
                .Where(item => item.IsLoaded && item.Source is StartupItem.Installed)
                .OrderBy(item => Path.GetFileName(item.Path), StringComparer.Ordinal)];
            ViewedItem? served = installed.LastOrDefault();
            foreach (ViewedItem item in installed.Where(item => !ReferenceEquals(item, served)))
            {
                item.Settle(StartupItem.Shadowed, $"'{served!.Id}' has the same name: the gateway serves only one of the two, and after a "
                    + $"refresh it serves '{served!.Id}'");
                served.Note($"'{item.Id}' has the same name: after a start the gateway may serve that one instead, until a refresh");
            }

            foreach (ViewedItem item in named.Where(item => served is not null && item.IsLoaded && item.Source is StartupItem.BuiltIn))
            {
                item.Settle(StartupItem.Shadowed, $"the installed '{served!.Id}' has the same name and takes its place until the next refresh");
                served.Note("it replaces the gateway's own extension of that name until the next refresh");
            }
        }
    }
}
