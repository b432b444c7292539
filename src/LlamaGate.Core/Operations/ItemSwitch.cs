using System;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Operations.GatewayStart;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Enables and disables items (contract, sections 7 and 9).</summary>
internal sealed class ItemSwitch
{
    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly ItemFinder finder;

    public ItemSwitch(StoreSettings settings, RegistryCache cache, ItemFinder finder)
    {
        this.settings = settings;
        this.cache = cache;
        this.finder = finder;
    }

    /// <summary>Sets the state of an item; see <see cref="PackageStore.SetEnabled"/>.</summary>
    public InstalledItem Set(InstalledItem item, bool enabled, CancellationToken token)
    {
        ItemType type = item.ItemType;
        string state = enabled ? "enabled" : "disabled";
        foreach (string warning in enabled ? EnableWarnings.Of(item, cache.Read(), token) : [])
        {
            settings.Log.Warning(warning);
        }

        if (cache.Read().Find(type, item.Id) is { } known && known.Enabled == enabled)
        {
            settings.Log.Verbose($"{type.ToToken()} '{item.Id}' is already {state}.");
            return known.ToItem(settings.Home);
        }

        try
        {
            InstalledItem changed = cache.Write(transaction => Set(transaction, item, enabled), token);
            settings.Log.Verbose($"{type.ToToken()} '{item.Id}' is {state}; this takes effect at the gateway's next start or refresh.");
            return changed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.ChangeFailed,
                $"'{item.Id}' cannot be {state}: {exception.Sentence()}{exception.Aftermath("Nothing was changed.")} Check disk space and permissions, "
                + "then try again.",
                item.Id,
                innerException: exception);
        }
    }

    private InstalledItem Set(Transaction transaction, InstalledItem item, bool enabled)
    {
        ItemType type = item.ItemType;
        RegistryEntry? entry = transaction.Registry.Find(type, item.Id);
        string now = Rfc3339.Next(settings.Clock(), entry?.LastUpdatedAt);
        if (entry is null)
        {
            string folder = settings.Home.ItemFolder(type, item.Id);
            if (!StorePath.IsFolder(folder))
            {
                throw finder.NotFound(item.Id, type);
            }

            ItemManifest manifest = ItemFinder.ReadManifest(folder, type, item.Id);
            entry = new RegistryEntry(type, item.Id, manifest.Name, manifest.Version, !enabled, now, now, folder);
        }

        if (entry.Enabled != enabled)
        {
            entry = entry.WithEnabled(enabled, now);
            transaction.Commit([JournalRecord.Set(entry)]);
        }

        return entry.ToItem(settings.Home);
    }
}
