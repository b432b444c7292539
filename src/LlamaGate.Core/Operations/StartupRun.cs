using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Operations.GatewayStart;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>
/// What a gateway does when it starts: migrate on the first run, sync, load (contract, section 8). Nothing that fails stops the rest.
/// </summary>
internal sealed class StartupRun
{
    private readonly StoreSettings settings;
    private readonly LlamaGateHome home;
    private readonly RegistryCache cache;
    private readonly LegacyMigration migration;
    private readonly RegistrySync sync;
    private readonly bool checkOnly;
    private readonly CancellationToken token;
    private readonly List<MigratedItem> migrated = [];
    private readonly List<StartupItem> failed = [];
    private IReadOnlyList<SyncChange> changes = [];
    private SyncComparison? comparison;
    private bool hasMarker;

    public StartupRun(
        StoreSettings settings, RegistryCache cache, LegacyMigration migration, RegistrySync sync, bool checkOnly, CancellationToken token)
    {
        this.settings = settings;
        home = settings.Home;
        this.cache = cache;
        this.migration = migration;
        this.sync = sync;
        this.checkOnly = checkOnly;
        this.token = token;
    }

    /// <summary>Runs the start; see <see cref="PackageStore.Startup(IReadOnlyList{string}, bool, CancellationToken)"/>.</summary>
    public StartupReport Run(IReadOnlyList<string> legacyFolders)
    {
        string[] present = [.. legacyFolders
            .Select(folder => UserPath.ToFull(folder, ErrorIds.SourcePathMissing))
            .Where(folder => Directory.Exists(folder) && !StorePath.LiesIn(folder, home.ContentFolders))];
        string? legacyPath = Array.Find(present, folder => StorePath.IsSame(folder, UserPath.ToFull(legacyFolders[0], ErrorIds.SourcePathMissing)));
        hasMarker = File.Exists(home.MigrationMarker);
        if (present.Length > 0 && !hasMarker)
        {
            Attempt("migration", () => Migrate(present));
        }

        Attempt("sync", Sync);
        List<GatewayEntry> registry = [];
        Attempt("registry", () => registry = Registered());
        IReadOnlyList<StartupItem> items = GatewayView.Look(home, settings.Log, registry, legacyPath, hasMarker, token);
        return new StartupReport(
            home.Path,
            legacyPath,
            [.. migrated.Where(item => item.Status is MigratedItem.Migrated)],
            [.. changes.Where(change => change.Status is not SyncChange.Skipped)],
            [.. items, .. Untold(items), .. failed]);
    }

    private void Attempt(string step, Action action)
    {
        try
        {
            action();
        }
        catch (LlamaGateException exception)
        {
            failed.Add(Failure(step, null, exception.Message, home.Path));
        }
    }

    private void Migrate(IReadOnlyList<string> folders)
    {
        var results = new List<MigratedItem>(migration.Migrate(folders, force: false, checkOnly, Approve, token));
        migrated.AddRange(results);
        hasMarker = checkOnly
            ? migrated.Count > 0 && !migrated.Exists(item => item.Status is MigratedItem.Failed)
            : File.Exists(home.MigrationMarker);

        bool Approve(ImportPlan plan)
        {
            if (checkOnly)
            {
                _ = ItemTypes.TryParse(plan.Type, out ItemType type);
                migrated.Add(new MigratedItem(
                    plan.Id, plan.Type, plan.Version, MigratedItem.Migrated, string.Empty, plan.SourcePath, home.ItemFolder(type, plan.Id), home.Path));
            }

            return true;
        }
    }

    private void Sync()
    {
        comparison = cache.Guard(() => sync.Plan(token));
        changes = checkOnly ? comparison.Changes : sync.Apply(comparison, _ => true, token);
    }

    // The registry as the sync leaves it, whether it was carried out or only planned: without the folders that cannot be read.
    private List<GatewayEntry> Registered()
    {
        // A registry that cannot be read is rebuilt by a real run, of what a check only reads.
        RegistrySnapshot registry = checkOnly && comparison?.RegistryIsCorrupt == true ? RegistrySnapshot.Salvage(home) : cache.Read();
        var items = registry.Entries.ToDictionary(
            entry => (entry.Type, entry.Id), entry => new GatewayEntry(entry.Type, entry.Id, entry.Enabled, entry.Version, home.ItemFolder(entry.Type, entry.Id)));
        foreach (SyncChange change in changes)
        {
            if (change.Status is SyncChange.Removed)
            {
                items.Remove((change.ItemType, change.Id));
            }
            else if (change.Status is SyncChange.Added && checkOnly)
            {
                bool enabled = comparison!.For(change).Manifest!.EnabledByDefault;
                items[(change.ItemType, change.Id)] = new GatewayEntry(change.ItemType, change.Id, enabled, change.Version ?? string.Empty, change.Path);
            }
        }

        foreach (MigratedItem item in migrated.Where(item => checkOnly && item.Status is MigratedItem.Migrated))
        {
            _ = ItemTypes.TryParse(item.Type, out ItemType type);
            bool enabled = ItemFinder.ReadManifest(item.SourcePath, type, item.Id).EnabledByDefault;
            items[(type, item.Id)] = new GatewayEntry(type, item.Id, enabled, item.Version ?? string.Empty, item.Path!, item.SourcePath);
        }

        return [.. items.Values.OrderBy(item => item.Type.ToToken(), StringComparer.Ordinal).ThenBy(item => item.Id, StringComparer.Ordinal)];
    }

    // What failed and is not told by what the gateway does with the same folder.
    private IEnumerable<StartupItem> Untold(IReadOnlyList<StartupItem> items)
    {
        var told = new HashSet<string>(items.Select(item => item.Path), StringComparer.Ordinal);
        var failures = new HashSet<string>(
            items.Where(item => item.Status is StartupItem.Failed).Select(item => item.Path), StringComparer.Ordinal);
        return changes
            .Where(change => change.Status is SyncChange.Skipped && !told.Contains(change.Path))
            .Select(change => Failure(change.Id, change.Type, change.Reason, change.Path))
            .Concat(migrated
                .Where(item => item.Status is MigratedItem.Failed && !failures.Contains(item.SourcePath))
                .Select(item => Failure(item.Id, item.Type, $"it cannot be migrated: {item.Reason}", item.SourcePath, StartupItem.Legacy)));
    }

    private StartupItem Failure(string id, string? type, string reason, string path, string source = StartupItem.Installed) =>
        new(id, type, string.Empty, null, StartupItem.Failed, source, reason, path, home.Path);
}
