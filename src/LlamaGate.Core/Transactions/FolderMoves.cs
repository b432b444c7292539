using System;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Packages;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>
/// Takes the folders of a journal record to where they belong. Every step looks at the disk first, so that the writer of the
/// record and whoever finishes it after a crash do the same (contract, section 6).
/// </summary>
internal sealed class FolderMoves
{
    private const string ItemBelonging = "item";

    private readonly StoreSettings settings;
    private readonly LlamaGateHome home;

    public FolderMoves(StoreSettings settings)
    {
        this.settings = settings;
        home = settings.Home;
    }

    /// <summary>What tells a folder from another one: its last write time, in ticks of UTC. Renaming does not change it.</summary>
    public static long StampOf(string folder) => Directory.GetLastWriteTimeUtc(folder).Ticks;

    /// <summary>Sees to it that the stamp of staged content differs from that of the folder it is to replace.</summary>
    public static long DistinctStamp(string staged, string replaced)
    {
        long stamp = StampOf(staged);
        if (StorePath.IsFolder(replaced) && StampOf(replaced) == stamp)
        {
            // Both were made within one tick of a coarse clock.
            Directory.SetLastWriteTimeUtc(staged, new DateTime(stamp, DateTimeKind.Utc).AddSeconds(2));
            Durable.FlushFolder(staged);
            stamp = StampOf(staged);
        }

        return stamp;
    }

    /// <summary>Whether the staged content of an install is still where it was staged.</summary>
    public bool IsStaged(JournalRecord install)
    {
        string staged = StagingArea.FolderOf(home, install.Staging);
        if (!StorePath.IsFolder(staged))
        {
            return false;
        }

        if (StampOf(staged) == install.Stamp)
        {
            return true;
        }

        // The stamp is nowhere when the home was copied or restored by a tool that does not keep times to the last digit.
        string folder = home.ItemFolder(install.Type, install.Id);
        return !(StorePath.IsFolder(folder) && StampOf(folder) == install.Stamp)
            && PackageTree.HasChecksums(staged, StagingArea.ChecksumsOf(home, install.Staging));
    }

    /// <summary>
    /// Whether the staged content of an install was deleted before it came in: what it would have replaced has not become a backup then.
    /// </summary>
    public bool IsGone(UnfinishedChange change)
    {
        JournalRecord record = change.Record;
        if (record.Operation != JournalOperation.Install)
        {
            return false;
        }

        if (StorePath.IsFolder(StagingArea.FolderOf(home, record.Staging)) || StorePath.IsFolder(BackupOf(record)))
        {
            return IsTorn(record);
        }

        string folder = home.ItemFolder(record.Type, record.Id);
        return !StorePath.IsFolder(folder) || (change.Replaced is not null && StampOf(folder) != record.Stamp);
    }

    /// <summary>Where the content of an item lies: in its folder, or still in staging when its writer died before the move.</summary>
    public string ContentOf(RegistrySnapshot registry, ItemType type, string id)
    {
        JournalRecord? waiting = registry.Unfinished.Select(change => change.Record).LastOrDefault(record =>
            record.Operation == JournalOperation.Install && record.Type == type && string.Equals(record.Id, id, StringComparison.Ordinal));
        return waiting is not null && IsStaged(waiting) ? StagingArea.FolderOf(home, waiting.Staging) : home.ItemFolder(type, id);
    }

    /// <summary>Whether an item's folder is about to go, because the writer that removed the item died before it did.</summary>
    public bool IsLeaving(RegistrySnapshot registry, ItemType type, string id) => registry.Unfinished.Select(change => change.Record).Any(record =>
        record.Operation == JournalOperation.Remove && record.Type == type && string.Equals(record.Id, id, StringComparison.Ordinal)
        && StorePath.Probe(Path.Combine(StagingArea.FolderOf(home, record.Staging), ItemBelonging)) == PathKind.Missing);

    /// <summary>Moves the folders of a change.</summary>
    /// <exception cref="IOException">They cannot be moved, what was staged is gone, or a link is in the way.</exception>
    public void Apply(UnfinishedChange change)
    {
        JournalRecord record = change.Record;
        StorePath.RefuseObstacles(home, StagingArea.FolderOf(home, record.Staging));
        switch (record.Operation)
        {
            case JournalOperation.Install:
                if (IsGone(change))
                {
                    throw new IOException($"'{StagingArea.FolderOf(home, record.Staging)}' is gone.");
                }

                Install(record);
                break;
            case JournalOperation.Remove:
                Remove(record);
                break;
        }
    }

    /// <summary>Takes a record that failed half way back to how it was before.</summary>
    public void Undo(JournalRecord record)
    {
        switch (record.Operation)
        {
            case JournalOperation.Install:
                TakeOut(record);
                break;
            case JournalOperation.Remove:
                PutBack(record);
                break;
        }
    }

    // Whether a part of the staged content was deleted: what is left of it is not the version that was replaced.
    private bool IsTorn(JournalRecord install)
    {
        string staged = StagingArea.FolderOf(home, install.Staging);
        string folder = home.ItemFolder(install.Type, install.Id);
        return StorePath.IsFolder(staged) && !IsStaged(install) && !(StorePath.IsFolder(folder) && StampOf(folder) == install.Stamp)
            && PackageTree.IsPartOf(staged, StagingArea.ChecksumsOf(home, install.Staging));
    }

    private void TakeOut(JournalRecord install)
    {
        string folder = home.ItemFolder(install.Type, install.Id);
        string staged = StagingArea.FolderOf(home, install.Staging);
        string backup = BackupOf(install);
        if (IsStaged(install) || IsTorn(install))
        {
            // The new content has not come in; in the fallback the old one may have gone out.
            if (StorePath.Probe(folder) == PathKind.Missing && StorePath.IsFolder(backup))
            {
                settings.Step("undo.restore");
                Durable.Move(backup, folder);
            }
        }
        else if (StorePath.IsFolder(staged) && StorePath.Probe(folder) == PathKind.Missing)
        {
            settings.Step("undo.restore");
            Durable.Move(staged, folder);
        }
        else if (StorePath.IsFolder(staged))
        {
            settings.Step("undo.exchange");
            if (!Durable.TryExchange(staged, folder))
            {
                throw new IOException($"'{staged}' and '{folder}' cannot be exchanged again.");
            }
        }
        else if (StorePath.IsFolder(folder) && StampOf(folder) == install.Stamp)
        {
            settings.Step("undo.exchange-backup");
            bool exchanged = settings.MayExchange && StorePath.IsFolder(backup) && Durable.TryExchange(backup, folder);
            settings.Step("undo.take-out");
            Durable.Move(exchanged ? backup : folder, staged);
            if (!exchanged && StorePath.IsFolder(backup))
            {
                settings.Step("undo.restore");
                Durable.Move(backup, folder);
            }
        }
        else if (StorePath.IsFolder(backup))
        {
            // What has been written to since is somebody's: it is kept like a former version.
            if (StorePath.Probe(folder) != PathKind.Missing)
            {
                string backups = Path.GetDirectoryName(backup)!;
                settings.Step("undo.keep");
                Durable.Move(folder, Path.Combine(backups, Backups.NextName(backups, settings.Clock())));
            }

            settings.Step("undo.restore");
            Durable.Move(backup, folder);
        }
    }

    private void Install(JournalRecord record)
    {
        string folder = home.ItemFolder(record.Type, record.Id);
        string staged = StagingArea.FolderOf(home, record.Staging);
        string backup = BackupOf(record);
        if (IsStaged(record))
        {
            bool exchanged = false;
            StorePath.Ensure(settings, home.InstalledFolder(record.Type));
            if (StorePath.Probe(folder) != PathKind.Missing)
            {
                StorePath.Ensure(settings, Path.GetDirectoryName(backup)!);
                settings.Step("install.exchange");
                exchanged = settings.MayExchange && StorePath.IsFolder(folder) && Durable.TryExchange(staged, folder);
                if (!exchanged)
                {
                    settings.Step("install.set-aside");
                    Durable.Move(folder, backup);
                }
            }

            if (!exchanged)
            {
                settings.Step("install.move-in");
                Durable.Move(staged, folder);
            }
        }

        if (StorePath.IsFolder(staged))
        {
            StorePath.Ensure(settings, Path.GetDirectoryName(backup)!);
            settings.Step("install.keep-backup");
            Durable.Move(staged, backup);
        }

        string checksums = StagingArea.ChecksumsOf(home, record.Staging);
        if (StorePath.Probe(checksums) == PathKind.File)
        {
            string destination = home.ChecksumsFile(record.Type, record.Id);
            StorePath.Ensure(settings, Path.GetDirectoryName(destination)!);
            settings.Step("install.checksums");
            Durable.Replace(checksums, destination);
        }
    }

    private void Remove(JournalRecord record)
    {
        string trash = StagingArea.FolderOf(home, record.Staging);
        foreach ((string path, string name) in Belongings(record))
        {
            // What is there although it has been removed was put there since, by somebody who knows nothing of the journal.
            string discarded = Path.Combine(trash, name);
            if (StorePath.Probe(path) != PathKind.Missing && StorePath.Probe(discarded) == PathKind.Missing
                && !StorePath.LeadsThroughLink(home, path) && !IsOfAnother(record, path))
            {
                StorePath.Ensure(settings, trash);
                settings.Step("remove." + name);
                Durable.Move(path, discarded);
            }
        }
    }

    private void PutBack(JournalRecord remove)
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

    // An item may be called as the gateway's backups are: what lies in its folder is its own, and where there is no item, the gateway's.
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
        (home.ItemFolder(remove.Type, remove.Id), ItemBelonging),
        (home.BackupFolder(remove.Type, remove.Id), "backups"),
        (home.GatewayBackupFolder(remove.Type, remove.Id), "gateway-backups"),
        (home.ChecksumsFile(remove.Type, remove.Id), "checksums"),
    ];

    private string BackupOf(JournalRecord install) => Path.Combine(home.BackupFolder(install.Type, install.Id), install.Backup);
}
