using System;
using System.Collections.Generic;
using System.Linq;
using LlamaGate.Manifests;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Finds items in the registry, else on disk (contract, sections 2 and 7).</summary>
internal sealed class ItemFinder
{
    private static readonly ItemType[] AllTypes = [ItemType.Extension, ItemType.AgenticModule];
    private readonly LlamaGateHome home;
    private readonly RegistryCache cache;

    public ItemFinder(LlamaGateHome home, RegistryCache cache)
    {
        this.home = home;
        this.cache = cache;
    }

    /// <summary>The manifest of an item's folder.</summary>
    /// <exception cref="LlamaGateException">PackageInvalid, ManifestInvalid.</exception>
    public static ItemManifest ReadManifest(string folder, ItemType type, string id) =>
        ManifestReader.Read(new FolderManifestFiles(folder), type, id, folder, default);

    /// <summary>The version of an item's folder; null when its manifests cannot be read.</summary>
    public static string? TryReadVersion(string folder, ItemType type, string id)
    {
        try
        {
            return ReadManifest(folder, type, id).Version;
        }
        catch (LlamaGateException)
        {
            return null;
        }
    }

    /// <summary>The one item of an id, ignoring case, an exact match first.</summary>
    /// <exception cref="LlamaGateException">ItemNotFound, AmbiguousId.</exception>
    public InstalledItem Find(string id, ItemType? type)
    {
        RegistrySnapshot registry = cache.Read();
        ItemType[] types = type is { } only ? [only] : AllTypes;
        List<InstalledItem> found = Registered(entry => string.Equals(entry.Id, id, StringComparison.Ordinal));
        if (found.Count == 0)
        {
            found = Registered(_ => true);
        }

        if (found.Count == 0 && ItemId.IsReadable(id))
        {
            found = OnDisk(name => string.Equals(name, id, StringComparison.Ordinal));
            if (found.Count == 0)
            {
                found = OnDisk(name => string.Equals(name, id, StringComparison.OrdinalIgnoreCase));
            }
        }

        return found.Count switch
        {
            0 => throw NotFound(id, type),
            1 => found[0],
            _ => throw Ambiguous(id, found),
        };

        List<InstalledItem> Registered(Func<RegistryEntry, bool> isMeant) => types
            .SelectMany(each => registry.FindAlike(each, id)).Where(isMeant).Select(entry => entry.ToItem(home)).ToList();

        List<InstalledItem> OnDisk(Func<string, bool> isMeant) => types
            .SelectMany(each => ItemFolders.Names(home, each).Where(isMeant).Select(name => FromDisk(each, name))).ToList();
    }

    /// <summary>The items whose ids match, registered or only on disk, by type then id.</summary>
    public IReadOnlyList<InstalledItem> Find(Func<string, bool> idMatches, ItemType? type)
    {
        RegistrySnapshot registry = cache.Read();
        IEnumerable<InstalledItem> registered = registry.Entries
            .Where(entry => (type is null || entry.Type == type) && idMatches(entry.Id))
            .Select(entry => entry.ToItem(home));
        IEnumerable<InstalledItem> unregistered = AllTypes
            .Where(each => type is null || each == type)
            .SelectMany(each => ItemFolders.Names(home, each)
                .Where(name => ItemId.IsReadable(name) && idMatches(name) && registry.Find(each, name) is null && HasManifest(each, name))
                .Select(name => FromDisk(each, name)));
        return registered.Concat(unregistered)
            .OrderBy(item => item.Type, StringComparer.Ordinal)
            .ThenBy(item => item.Id, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>The failure of a look-up.</summary>
    public LlamaGateException NotFound(string id, ItemType? type)
    {
        string what = type is { } known ? known.ToToken() : "extension or agentic-module";
        string rule = ItemId.IsValid(id) ? string.Empty : $" {ItemId.Rule}.";
        return new LlamaGateException(
            ErrorIds.ItemNotFound,
            $"item not found: no {what} '{id}' is installed in '{home.Path}'.{rule} Get-LlamaGateExtension (llamagate list) lists the "
                + "installed items.",
            id);
    }

    private static LlamaGateException Ambiguous(string id, List<InstalledItem> found)
    {
        string advice = found.Select(item => item.Type).Distinct(StringComparer.Ordinal).Count() > 1
            ? "Specify -Type Extension or -Type AgenticModule (on the command line: extension or agentic-module)."
            : "Specify the id exactly, with its uppercase and lowercase letters.";
        return new LlamaGateException(
            ErrorIds.AmbiguousId,
            $"More than one item has the id '{id}': {string.Join(", ", found.Select(item => $"{item.Type} '{item.Id}'"))}. {advice}",
            id);
    }

    // A folder that may not be entered may have one: it can be removed by those who may.
    private bool HasManifest(ItemType type, string name)
    {
        try
        {
            return new FolderManifestFiles(home.ItemFolder(type, name)).RootFiles.Count > 0;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    // An item that no registry knows is still there to be exported, enabled or removed; a broken one at least to be removed.
    private InstalledItem FromDisk(ItemType type, string id)
    {
        string folder = home.ItemFolder(type, id);
        try
        {
            ItemManifest manifest = ReadManifest(folder, type, id);
            return new InstalledItem(id, type, manifest.Name, manifest.Version, manifest.EnabledByDefault, null, null, folder, home.Path);
        }
        catch (Exception exception) when (exception is LlamaGateException or UnauthorizedAccessException)
        {
            return new InstalledItem(id, type, id, string.Empty, enabled: false, null, null, folder, home.Path);
        }
    }
}
