using System;
using System.IO;
using System.Threading;
using LlamaGate.Discovery;
using LlamaGate.Manifests;
using LlamaGate.Registry;

namespace LlamaGate.Installation;

/// <summary>Enables and disables items (contract, section 7).</summary>
internal sealed class ItemSwitch
{
    private readonly StoreContext context;
    private readonly StoreState store;
    private readonly ItemFinder finder;

    public ItemSwitch(StoreContext context, StoreState store, ItemFinder finder)
    {
        this.context = context;
        this.store = store;
        this.finder = finder;
    }

    /// <summary>Sets the state of an item; see <see cref="PackageStore.SetEnabled"/>.</summary>
    public InstalledItem Set(InstalledItem item, bool enabled, CancellationToken token)
    {
        ItemType type = item.ItemType;
        string state = enabled ? "enabled" : "disabled";
        if (enabled)
        {
            WarnIfGatewayWillNotLoad(item);
        }

        if (store.Read().Find(type, item.Id) is { } known && known.Enabled == enabled)
        {
            context.Log.Verbose($"{type.ToToken()} '{item.Id}' is {state} already.");
            return known.ToItem(context.Home);
        }

        try
        {
            InstalledItem changed = store.Write(session => Set(session, item, enabled), token);
            context.Log.Verbose($"{type.ToToken()} '{item.Id}' is {state}; this takes effect at the gateway's next start.");
            return changed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.InstallFailed,
                $"'{item.Id}' cannot be {state}: {exception.Sentence()}{exception.Aftermath("Nothing was changed.")} Check disk space and permissions, "
                + "then try again.",
                item.Id,
                innerException: exception);
        }
    }

    private InstalledItem Set(WriteSession session, InstalledItem item, bool enabled)
    {
        ItemType type = item.ItemType;
        string now = Rfc3339.Format(context.Clock());
        RegistryEntry? entry = session.State.Find(type, item.Id);
        if (entry is null)
        {
            string folder = context.Home.ItemFolder(type, item.Id);
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
            session.Commit([JournalRecord.Set(entry)]);
        }

        return entry.ToItem(context.Home);
    }

    private void WarnIfGatewayWillNotLoad(InstalledItem item)
    {
        try
        {
            if (!StorePath.IsFolder(item.Path))
            {
                context.Log.Warning($"The folder of '{item.Id}' is not there: '{item.Path}'. Run Sync-LlamaGateExtension (llamagate sync).");
            }
            else if (!ItemFinder.ReadManifest(item.Path, item.ItemType, item.Id).DefinitionEnabled)
            {
                context.Log.Warning(
                    $"The manifest.yaml of '{item.Id}' says 'enabled: false', which gateway 0.9.1 obeys whatever the registry says. "
                    + "Change it there as well.");
            }
        }
        catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
        {
            context.Log.Warning($"The gateway will not load '{item.Id}': {exception.Message}");
        }
    }
}
