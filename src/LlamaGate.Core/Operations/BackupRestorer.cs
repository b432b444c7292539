using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>
/// Restores a previous version of an item: a copy of the backup is staged and installed as an update is, so that the version that it
/// replaces becomes a backup; then the restored backup goes (contract, section 11).
/// </summary>
internal sealed class BackupRestorer
{
    private readonly StoreSettings settings;
    private readonly RegistryCache cache;

    public BackupRestorer(StoreSettings settings, RegistryCache cache)
    {
        this.settings = settings;
        this.cache = cache;
    }

    /// <summary>Whether something was restored that a running gateway may reload.</summary>
    public bool NeedsRefresh { get; private set; }

    /// <summary>Restores a backup; see <see cref="PackageStore.Restore"/>.</summary>
    public ImportedItem? Restore(ItemBackup backup, Func<ImportPlan, bool> approve, CancellationToken token)
    {
        using PackageContent content = Open(backup, token);
        ItemManifest manifest = ReadManifest(content, backup, token);
        ImportPlan plan = Plan(backup, manifest);
        if (!approve(plan))
        {
            return null;
        }

        try
        {
            using StagingArea area = StagingArea.Create(settings);
            manifest = Stage(backup, content, area, token);
            ImportedItem item = cache.Write(transaction => Install(transaction, backup, manifest, area), token);
            NeedsRefresh |= manifest.HotReload;
            return item;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw Failed(backup, exception);
        }
    }

    private PackageContent Open(ItemBackup backup, CancellationToken token)
    {
        try
        {
            StorePath.RefuseObstacles(settings.Home, backup.Path);
            return PackageContent.OpenItem(backup.Path, token);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && !StorePath.IsFolder(backup.Path))
        {
            throw BackupFinder.NotFound(backup.Id, backup.ItemType, backup.Name, settings.Home);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw Failed(backup, exception);
        }
    }

    private static ItemManifest ReadManifest(IManifestFiles files, ItemBackup backup, CancellationToken token)
    {
        try
        {
            return ManifestReader.Read(files, backup.ItemType, backup.Id, backup.Path, token);
        }
        catch (LlamaGateException violation) when (!string.Equals(violation.ErrorId, ErrorIds.ManifestInvalid, StringComparison.Ordinal))
        {
            // Without a manifest of its kind, it is no longer an item.
            throw new LlamaGateException(ErrorIds.ManifestInvalid, violation.Message, backup.Path, violation.Problems, violation);
        }
    }

    private ImportPlan Plan(ItemBackup backup, ItemManifest manifest)
    {
        RegistryEntry? entry = cache.Read().Find(backup.ItemType, backup.Id);
        string folder = settings.Home.ItemFolder(backup.ItemType, backup.Id);
        string? previous = entry?.Version ?? (StorePath.IsFolder(folder) ? ItemFinder.TryReadVersion(folder, backup.ItemType, backup.Id) : null);
        return new ImportPlan(backup.Path, backup.Id, backup.ItemType, manifest.Version, previous, ImportedItem.Restored, disables: false);
    }

    private ItemManifest Stage(ItemBackup backup, PackageContent content, StagingArea area, CancellationToken token)
    {
        var work = new Workload(settings.Log, "Restoring items", backup.Id, content.Length, token) { OnStep = settings.OnStep };
        IReadOnlyList<FileDigest> digests = content.ExtractTo(area.Folder, work);
        work.Complete();
        ItemManifest staged = ReadManifest(new FolderManifestFiles(area.Folder), backup, token);
        StoreFile.WriteNew(settings, "checksums", area.ChecksumsFile, ChecksumsFile.Format(digests), flush: false);
        token.ThrowIfCancellationRequested();
        settings.Step("stage.flush");
        Durable.FlushTrees(settings.Home.StagingFolder, [area.Folder, area.ChecksumsFile]);
        return staged;
    }

    private ImportedItem Install(Transaction transaction, ItemBackup backup, ItemManifest manifest, StagingArea area)
    {
        LlamaGateHome home = settings.Home;
        ItemType type = backup.ItemType;
        string folder = home.ItemFolder(type, backup.Id);
        PathKind present = StorePath.Probe(folder);
        if (present is PathKind.Link or PathKind.File)
        {
            throw new IOException($"'{folder}' is a {(present == PathKind.Link ? "link" : "file")}, but the folder of the item is expected there. Move it to another place.");
        }

        RegistryEntry? existing = transaction.Registry.Find(type, backup.Id);
        string? previous = existing?.Version ?? (present == PathKind.Folder ? ItemFinder.TryReadVersion(folder, type, backup.Id) : null);
        string now = Rfc3339.Next(settings.Clock(), existing?.LastUpdatedAt);
        RegistryEntry entry = existing?.WithContent(manifest.Name, manifest.Version, folder, now)
            ?? new RegistryEntry(type, backup.Id, manifest.Name, manifest.Version, manifest.EnabledByDefault, now, now, folder);
        FileIdentity? replaced = present == PathKind.Folder ? FileIdentity.Of(folder) : null;
        var record = JournalRecord.Install(
            entry, area.Name, FileIdentity.Of(area.Folder), replaced, Backups.NextName(home.BackupFolder(type, backup.Id), settings.Clock()), backup.Name);
        Exception? error = transaction.Commit([record])[0];
        if (transaction.Needs(area))
        {
            area.Leave();
        }

        if (error is not null)
        {
            throw Failed(backup, error);
        }

        transaction.Tell($"Restored {type.ToToken()} '{backup.Id}' {manifest.Version}{(previous is null ? string.Empty : $" in place of {previous}")}.");
        return new ImportedItem(entry.ToItem(home), ImportedItem.Restored, previous);
    }

    private static LlamaGateException Failed(ItemBackup backup, Exception cause) => new(
        ErrorIds.InstallFailed,
        $"failed to install the backup '{backup.Name}' of '{backup.Id}': {cause.Sentence()}{cause.Aftermath("Nothing was changed; a version that was installed before is still installed.")} "
        + "Check disk space and permissions, then try again.",
        backup.Id,
        innerException: cause);
}
