using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>
/// What a gateway does when it starts: migrate on the first run, sync, load the enabled installed items, then the legacy ones that
/// are not installed (contract, section 8). Nothing that fails stops the rest.
/// </summary>
internal sealed class StartupRun
{
    private readonly LlamaGateHome home;
    private readonly RegistryCache cache;
    private readonly LegacyMigration migration;
    private readonly RegistrySync sync;
    private readonly bool checkOnly;
    private readonly CancellationToken token;
    private readonly List<string> migrated = [];
    private readonly List<string> synchronized = [];
    private readonly List<string> installed = [];
    private readonly List<string> legacy = [];
    private readonly List<string> disabled = [];
    private readonly List<string> failed = [];
    private readonly HashSet<(ItemType, string)> known = [];
    private readonly HashSet<(string, string)> planned = [];
    private SyncComparison? comparison;
    private readonly Dictionary<string, string> notMigrated = new(StringComparer.Ordinal);

    public StartupRun(
        LlamaGateHome home, RegistryCache cache, LegacyMigration migration, RegistrySync sync, bool checkOnly, CancellationToken token)
    {
        this.home = home;
        this.cache = cache;
        this.migration = migration;
        this.sync = sync;
        this.checkOnly = checkOnly;
        this.token = token;
    }

    /// <summary>Runs the start; see <see cref="PackageStore.Startup"/>.</summary>
    public StartupReport Run(string legacyFolder)
    {
        string fullPath = UserPath.ToFull(legacyFolder, ErrorIds.SourcePathMissing);
        string? legacyPath = Directory.Exists(fullPath) && !StorePath.LiesIn(fullPath, home.ContentFolders) ? fullPath : null;
        if (legacyPath is not null && !File.Exists(home.MigrationMarker))
        {
            Attempt("migration", () => Migrate(legacyPath));
        }

        IReadOnlyList<SyncChange> changes = [];
        Attempt("sync", () => changes = Sync());
        foreach ((ItemType type, string id, bool enabled) in Registered(changes))
        {
            token.ThrowIfCancellationRequested();
            known.Add((type, id.ToUpperInvariant()));
            LoadInstalled(type, id, enabled);
        }

        foreach (LegacyFolder folder in legacyPath is null ? [] : LegacyScan.Find(home, legacyPath, token))
        {
            if (folder.Problem is { } problem)
            {
                failed.Add(problem);
            }
            else
            {
                LoadLegacy(folder.Path);
            }
        }

        return new StartupReport(
            home.Path, legacyPath, migrated, synchronized, installed, legacy, disabled, failed);
    }

    private static string? Token(string? type) => ItemTypes.TryParse(type, out ItemType known) ? known.ToToken() : type;

    private void Attempt(string what, Action action)
    {
        try
        {
            action();
        }
        catch (LlamaGateException exception)
        {
            failed.Add($"{what}: {exception.Message}");
        }
    }

    // An item that could not be migrated is loaded from where it is, if that can be read: why it was not is told beside it.
    private void Migrate(string legacyPath)
    {
        foreach (MigratedItem item in migration.Migrate(legacyPath, force: false, checkOnly, Approve, token))
        {
            if (item.Status is MigratedItem.Migrated)
            {
                migrated.Add($"{Token(item.Type)} {item.Id} {item.Version}");
            }
            else if (item.Status is MigratedItem.Failed)
            {
                notMigrated[item.SourcePath] = item.Reason;
            }
        }

        bool Approve(ImportPlan plan)
        {
            if (checkOnly)
            {
                migrated.Add($"{Token(plan.Type)} {plan.Id} {plan.Version}");
                planned.Add((plan.Type, plan.Id));
            }

            return true;
        }
    }

    private IReadOnlyList<SyncChange> Sync()
    {
        SyncComparison plan = cache.Guard(() => sync.Plan(token));
        comparison = plan;
        IReadOnlyList<SyncChange> changes = checkOnly ? plan.Changes : sync.Apply(plan, _ => true, token);
        foreach (SyncChange change in changes)
        {
            List<string> lines = change.Status is SyncChange.Skipped ? failed : synchronized;
            lines.Add($"{change.Status} {change.ItemType.ToToken()} {change.Id}: {change.Reason}");
        }

        return changes;
    }

    // The registry as the sync leaves it, whether it was carried out or only planned.
    private IEnumerable<(ItemType Type, string Id, bool Enabled)> Registered(IReadOnlyList<SyncChange> changes)
    {
        var skippedOrRemoved = new HashSet<(ItemType, string)>(changes
            .Where(change => change.Status is SyncChange.Skipped or SyncChange.Removed)
            .Select(change => (change.ItemType, change.Id)));
        var items = cache.Read().Entries.ToDictionary(entry => (entry.Type, entry.Id), entry => entry.Enabled);
        foreach (SyncChange change in changes.Where(change => change.Status is SyncChange.Added))
        {
            items[(change.ItemType, change.Id)] = comparison!.For(change).Manifest!.EnabledByDefault;
        }

        return items
            .Where(item => !skippedOrRemoved.Contains(item.Key))
            .OrderBy(item => item.Key.Type.ToToken(), StringComparer.Ordinal)
            .ThenBy(item => item.Key.Id, StringComparer.Ordinal)
            .Select(item => (item.Key.Type, item.Key.Id, item.Value));
    }

    private void LoadInstalled(ItemType type, string id, bool enabled)
    {
        string folder = home.ItemFolder(type, id);
        string what = $"{type.ToToken()} {id}";
        if (TryRead(what, () => ItemFinder.ReadManifest(folder, type, id)) is { } manifest)
        {
            Load(manifest, id, folder, enabled, what, installed, suffix: string.Empty);
        }
    }

    private void LoadLegacy(string folder)
    {
        ItemManifest? manifest = TryRead(
            folder, () => ManifestReader.Read(new FolderManifestFiles(folder), namedType: null, folderId: null, folder, token));
        if (manifest is null || !known.Add((manifest.Type, manifest.Id.ToUpperInvariant())))
        {
            return;
        }

        if (notMigrated.TryGetValue(folder, out string? reason))
        {
            failed.Add($"migration of {folder}: {reason}");
        }

        if (planned.Contains((manifest.Type.ToDisplayName(), manifest.Id)))
        {
            Load(manifest, manifest.Id, folder, manifest.EnabledByDefault, folder, installed, suffix: string.Empty);
        }
        else
        {
            Load(manifest, manifest.Id, folder, manifest.EnabledByDefault, folder, legacy, ": " + folder);
        }
    }

    private void Load(ItemManifest manifest, string id, string folder, bool enabled, string what, List<string> loaded, string suffix)
    {
        string definition = ManifestNames.Definition(manifest.Type);
        string line = $"{manifest.Type.ToToken()} {id} {manifest.Version}{suffix}";
        if (!enabled || !manifest.DefinitionEnabled)
        {
            disabled.Add(line);
        }
        else if (!File.Exists(Path.Combine(folder, definition)))
        {
            failed.Add($"{what}: it has no {definition}, the file that gateway 0.9.1 loads");
        }
        else
        {
            loaded.Add(line);
        }
    }

    private ItemManifest? TryRead(string what, Func<ItemManifest> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
        {
            failed.Add($"{what}: {exception.Message}");
            return null;
        }
    }
}
