using System;
using System.IO;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>Moves what belongs to a removed item to the trash, or back (contract, section 6).</summary>
internal sealed class RemovalMoves
{
    private const string ItemInTrash = "item";

    private readonly StoreSettings settings;
    private readonly LlamaGateHome home;

    public RemovalMoves(StoreSettings settings)
    {
        this.settings = settings;
        home = settings.Home;
    }

    /// <summary>Completes a removal.</summary>
    /// <param name="remove">The journal record of the removal.</param>
    /// <param name="isInstalledAgain">Whether somebody has registered the item again since: its folder stays then.</param>
    /// <exception cref="IOException">Something cannot be moved.</exception>
    public void Complete(JournalRecord remove, bool isInstalledAgain)
    {
        string trash = StagingArea.FolderOf(home, remove.Staging);
        foreach ((string path, string name) in Belongings(remove))
        {
            string discarded = Path.Combine(trash, name);
            bool stays = string.Equals(name, ItemInTrash, StringComparison.Ordinal) && (isInstalledAgain || !IsToGo(remove));
            if (!stays && StorePath.Probe(path) != PathKind.Missing && StorePath.Probe(discarded) == PathKind.Missing
                && !StorePath.LeadsThroughLink(home, path) && !IsOfAnother(remove, path))
            {
                StorePath.Ensure(settings, trash);
                settings.Step("remove." + name);
                Durable.Move(path, discarded);
            }
        }
    }

    /// <summary>Puts back what a removal has moved.</summary>
    /// <exception cref="IOException">Something cannot be moved.</exception>
    public void Undo(JournalRecord remove)
    {
        string trash = StagingArea.FolderOf(home, remove.Staging);
        foreach ((string path, string name) in Belongings(remove))
        {
            string discarded = Path.Combine(trash, name);
            if (StorePath.Probe(discarded) != PathKind.Missing && StorePath.Probe(path) == PathKind.Missing)
            {
                settings.Step("undo.put-back");
                Durable.Move(discarded, path);
            }
        }
    }

    /// <summary>Whether the folder in the item's place is the one that an unfinished removal is about to move.</summary>
    /// <remarks>What is there although the item has been moved to the trash was put there since, by a program that does not know the journal.</remarks>
    public bool IsToGo(JournalRecord remove) =>
        StorePath.Probe(Path.Combine(StagingArea.FolderOf(home, remove.Staging), ItemInTrash)) == PathKind.Missing;

    // An item may be called as the gateway's backups are: its contents folder is its own, and where there is no item, the gateway's.
    private bool IsOfAnother(JournalRecord remove, string path)
    {
        return string.Equals(path, home.GatewayBackupFolder(remove.Type, remove.Id), StringComparison.Ordinal)
            ? !ItemFolders.IsGatewayBackups(home, remove.Type, LlamaGateHome.GatewayBackups)
            : string.Equals(path, home.ItemFolder(remove.Type, remove.Id), StringComparison.Ordinal)
                && ItemFolders.IsGatewayBackups(home, remove.Type, remove.Id);
    }

    // What goes when an item goes, and what it is called in the trash.
    private (string Path, string Name)[] Belongings(JournalRecord remove) =>
    [
        (home.ItemFolder(remove.Type, remove.Id), ItemInTrash),
        (home.BackupFolder(remove.Type, remove.Id), "backups"),
        (home.GatewayBackupFolder(remove.Type, remove.Id), "gateway-backups"),
        (home.ChecksumsFile(remove.Type, remove.Id), "checksums"),
        (home.SourceFile(remove.Type, remove.Id), "source"),
    ];
}
