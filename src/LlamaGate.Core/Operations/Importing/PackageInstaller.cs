using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Importing;

/// <summary>Moves staged packages into their places, in one transaction (contract, section 6).</summary>
internal sealed class PackageInstaller
{
    private readonly StoreSettings settings;

    // The newest version of each item that this store has imported.
    private readonly Dictionary<(ItemType Type, string Id), string> newest = [];

    public PackageInstaller(StoreSettings settings)
    {
        this.settings = settings;
    }

    /// <summary>Whether something was installed that a running gateway may reload.</summary>
    public bool NeedsRefresh { get; private set; }

    /// <summary>Installs staged packages with one commit.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="staged">The packages, each of another item.</param>
    /// <param name="outcomes">Receives the outcome of each package.</param>
    /// <returns>Whether something was committed.</returns>
    public bool Install(Transaction transaction, List<StagedPackage> staged, Dictionary<StagedPackage, ImportOutcome> outcomes)
    {
        var installs = new List<(StagedPackage Package, JournalRecord Record, string? PreviousVersion)>();
        foreach (StagedPackage package in staged)
        {
            try
            {
                (StagedPackage Package, JournalRecord Record, string? PreviousVersion) install = Prepare(transaction, package);
                if (package.Options.OnlyIfAbsent && install.PreviousVersion is not null)
                {
                    InstalledItem there = (transaction.Registry.Find(package.Manifest.Type, package.Manifest.Id) ?? install.Record.Entry!).ToItem(settings.Home);
                    outcomes[package] = new ImportOutcome(package.Path, new ImportedItem(there, ImportedItem.Unchanged, there.Version), null);
                }
                else
                {
                    installs.Add(install);
                }
            }
            catch (LlamaGateException exception)
            {
                outcomes[package] = new ImportOutcome(package.Path, null, exception);
            }
        }

        if (installs.Count == 0)
        {
            return false;
        }

        IReadOnlyList<Exception?> errors = transaction.Commit(installs.Select(install => install.Record).ToList());
        for (int i = 0; i < installs.Count; i++)
        {
            (StagedPackage package, JournalRecord record, string? previousVersion) = installs[i];
            ItemManifest manifest = package.Manifest;
            if (transaction.Needs(package.Area))
            {
                package.Area.Leave();
            }

            if (errors[i] is { } error)
            {
                outcomes[package] = new ImportOutcome(package.Path, null, ImportTarget.Failed(manifest.Id, error));
                continue;
            }

            NeedsRefresh |= manifest.HotReload;
            string status = ImportChange.Status(manifest, previousVersion);
            transaction.Tell(ImportChange.Describe(manifest, previousVersion));
            WarnIfNotNewest(transaction, manifest);
            outcomes[package] = new ImportOutcome(
                package.Path,
                new ImportedItem(
                    SourceFile.Attach(settings.Home, record.Entry!.ToItem(settings.Home)), status, ImportChange.Known(previousVersion)),
                null);
        }

        return true;
    }

    private (StagedPackage Package, JournalRecord Record, string? PreviousVersion) Prepare(Transaction transaction, StagedPackage package)
    {
        ItemManifest manifest = package.Manifest;
        var target = ImportTarget.Of(settings.Home, transaction.Registry, manifest);
        if (!StorePath.IsFolder(package.Area.Folder) || StorePath.Probe(package.Area.ChecksumsFile) != PathKind.File)
        {
            throw ImportTarget.Failed(manifest.Id, new IOException($"The staging folder '{package.Area.Folder}' no longer exists."));
        }

        string now = Rfc3339.Next(settings.Clock(), target.Entry?.LastUpdatedAt);
        RegistryEntry entry = target.Entry?.WithContent(manifest.Name, manifest.Version, target.Folder, now)
            ?? new RegistryEntry(
                manifest.Type, manifest.Id, manifest.Name, manifest.Version, manifest.EnabledByDefault, now, now, target.Folder);
        if (StorePath.Probe(settings.Home.SourceFile(manifest.Type, manifest.Id)) == PathKind.File && StorePath.Probe(package.Area.SourceFile) == PathKind.Missing)
        {
            // What comes from a file now is not what came from there.
            StoreFile.WriteNew(settings, "source", package.Area.SourceFile, [], flush: true);
            Durable.FlushFolder(settings.Home.StagingFolder);
        }

        FileIdentity? replaced = target.Kind == PathKind.Folder ? FileIdentity.Of(target.Folder) : null;
        entry = package.Options.Disabled ? entry.WithEnabled(enabled: false, now) : entry;
        string backup = Backups.NextName(settings.Home.BackupFolder(manifest.Type, manifest.Id), settings.Clock());
        return (package, JournalRecord.Install(entry, package.Area.Name, FileIdentity.Of(package.Area.Folder), replaced, backup), target.ReadVersion());
    }

    // "a-1.10.0.zip" comes before "a-1.9.0.zip" in a folder, and the last one stays.
    private void WarnIfNotNewest(Transaction transaction, ItemManifest manifest)
    {
        (ItemType, string) item = (manifest.Type, manifest.Id);
        if (newest.TryGetValue(item, out string? version) && SemanticVersion.Compare(manifest.Version, version) < 0)
        {
            transaction.Warn(
                $"Several versions of {manifest.Type.ToToken()} '{manifest.Id}' were imported, in the order that you specified. "
                + $"{manifest.Version} is now installed, not {version}. To install {version}, import its package again.");
        }
        else
        {
            newest[item] = manifest.Version;
        }
    }
}
