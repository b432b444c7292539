using System;
using System.IO;
using System.Threading;
using LlamaGate.Discovery;
using LlamaGate.Registry;

namespace LlamaGate.Installation;

/// <summary>Removes items: folder, entry, backups and checksums (contract, sections 6 and 7).</summary>
internal sealed class ItemRemover
{
    private readonly StoreContext context;
    private readonly StoreState store;
    private readonly ItemFinder finder;

    public ItemRemover(StoreContext context, StoreState store, ItemFinder finder)
    {
        this.context = context;
        this.store = store;
        this.finder = finder;
    }

    /// <summary>Removes an item; see <see cref="PackageStore.Remove"/>.</summary>
    public InstalledItem Remove(InstalledItem item, CancellationToken token)
    {
        try
        {
            return store.Write(session => Remove(session, item), token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(item, exception);
        }
    }

    private static LlamaGateException Failed(InstalledItem item, Exception cause) => new(
        ErrorIds.RemoveFailed,
        $"'{item.Id}' cannot be removed: {cause.Sentence()}{cause.Aftermath("It is still installed.")} "
        + "Check its permissions, and that no program has its files open, then try again.",
        item.Id,
        innerException: cause);

    private InstalledItem Remove(WriteSession session, InstalledItem item)
    {
        ItemType type = item.ItemType;
        RegistryEntry? entry = session.State.Find(type, item.Id);
        string folder = context.Home.ItemFolder(type, item.Id);
        PathKind present = StorePath.Probe(folder);
        if (entry is null && present == PathKind.Missing)
        {
            throw finder.NotFound(item.Id, type);
        }

        StorePath.RefuseObstacles(context.Home, folder);
        string trash = session.NewTrash().Name;
        if (session.Commit([JournalRecord.Remove(type, item.Id, trash)])[0] is { } error)
        {
            throw Failed(item, error);
        }

        if (present == PathKind.Link)
        {
            session.Warn($"'{folder}' was a link. The link is gone; what it pointed to was left alone.");
        }

        if (entry is not null && !SourcePath.IsFolderOf(entry, context.Home) && entry.SourcePath.Length > 0)
        {
            session.Warn($"The registry said that '{item.Id}' lies at '{entry.SourcePath}'. That is not its folder and was left alone.");
        }

        session.Tell($"Removed {type.ToToken()} '{item.Id}'.");
        return entry?.ToItem(context.Home) ?? item;
    }
}
