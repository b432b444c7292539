using System;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Removes items: folder, entry, backups and checksums (contract, sections 6 and 7).</summary>
internal sealed class ItemRemover
{
    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly ItemFinder finder;

    public ItemRemover(StoreSettings settings, RegistryCache cache, ItemFinder finder)
    {
        this.settings = settings;
        this.cache = cache;
        this.finder = finder;
    }

    /// <summary>Removes an item; see <see cref="PackageStore.Remove"/>.</summary>
    public InstalledItem Remove(InstalledItem item, CancellationToken token)
    {
        try
        {
            return cache.Write(transaction => Remove(transaction, item), token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(item, exception);
        }
    }

    private static LlamaGateException Failed(InstalledItem item, Exception cause) => new(
        ErrorIds.RemoveFailed,
        $"'{item.Id}' cannot be removed: {cause.Sentence()}{cause.Aftermath("It is still installed.")} "
        + "Check the permissions of its folder, close programs that use its files, and try again.",
        item.Id,
        innerException: cause);

    private InstalledItem Remove(Transaction transaction, InstalledItem item)
    {
        ItemType type = item.ItemType;
        RegistryEntry? entry = transaction.Registry.Find(type, item.Id);
        string folder = settings.Home.ItemFolder(type, item.Id);
        PathKind present = StorePath.Probe(folder);
        if (entry is null && present == PathKind.Missing)
        {
            throw finder.NotFound(item.Id, type);
        }

        StorePath.RefuseObstacles(settings.Home, folder);
        bool isListedElsewhere = entry is { SourcePath.Length: > 0 } && !SourcePath.IsFolderOf(entry, settings.Home)
            && !StorePath.IsSame(entry.SourcePath, folder); // The same home may have had another name.
        string trash = transaction.NewTrash().Name;
        if (transaction.Commit([JournalRecord.Remove(type, item.Id, trash, Rfc3339.Next(settings.Clock(), entry?.LastUpdatedAt))])[0] is { } error)
        {
            throw Failed(item, error);
        }

        if (present == PathKind.Link)
        {
            transaction.Warn($"'{folder}' was a link. The link was deleted; its target was left alone.");
        }

        if (isListedElsewhere)
        {
            transaction.Warn($"The registry listed '{entry!.SourcePath}' as the folder of '{item.Id}'. That is not the folder of the item, "
                + "and it was left alone.");
        }

        transaction.Tell($"Removed {type.ToToken()} '{item.Id}'.");
        return entry?.ToItem(settings.Home) ?? item;
    }
}
