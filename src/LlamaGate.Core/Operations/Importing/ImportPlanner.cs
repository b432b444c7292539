using System;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Importing;

/// <summary>Tells what the import of a package will do, before anything is written but in staging (contract, sections 5 and 6).</summary>
internal sealed class ImportPlanner
{
    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly NameClashes clashes;
    private bool? holdsExecuteBit;

    public ImportPlanner(StoreSettings settings, RegistryCache cache)
    {
        this.settings = settings;
        this.cache = cache;
        clashes = new NameClashes(settings.Home);
    }

    /// <summary>Notes that an item is about to be installed: the plans that follow know of it.</summary>
    public void Approve(ItemManifest manifest) => clashes.Add(manifest);

    /// <summary>Plans the import of a package, and warns of what the gateway will make of it.</summary>
    /// <param name="candidate">The package.</param>
    /// <param name="options">The options of the import.</param>
    /// <param name="work">Reports progress, and stops.</param>
    /// <param name="unchanged">The item that is installed, when the package has the same content; null otherwise.</param>
    /// <exception cref="LlamaGateException">IdConflict, InstallFailed.</exception>
    public ImportPlan Plan(ImportCandidate candidate, ImportOptions options, Workload work, out InstalledItem? unchanged)
    {
        ItemManifest manifest = candidate.Manifest;
        RegistrySnapshot registry = cache.Read();
        var target = ImportTarget.Of(settings.Home, registry, manifest);
        foreach (string warning in clashes.Of(registry, manifest))
        {
            settings.Log.Warning(warning);
        }

        if (string.Equals(manifest.Id, LlamaGateHome.GatewayBackups, StringComparison.OrdinalIgnoreCase))
        {
            settings.Log.Warning($"Gateway 0.9.1 uses the folder of the id '{manifest.Id}' for its own backups. Give the package another id.");
        }

        unchanged = target.Entry is not null && !options.Force && target.Kind == PathKind.Folder && registry.Unfinished.Count == 0
            && candidate.Content.Matches(target.Folder, () => HoldsExecuteBit(mayWrite: !options.CheckOnly), work)
            ? target.Entry.ToItem(settings.Home)
            : null;
        string? previous = target.ReadVersion();
        string status = unchanged is not null ? ImportedItem.Unchanged
            : ImportChange.Status(manifest, previous);
        bool disables = options.Disabled && (unchanged is null || unchanged.Enabled);
        return new ImportPlan(candidate.FullPath, manifest.Id, manifest.Type, manifest.Version, ImportChange.Known(previous), status, disables);
    }

    // Asked of the home once: by a file that was written without the permission to execute, then by one that is given it.
    private bool HoldsExecuteBit(bool mayWrite) => holdsExecuteBit ??= ExecuteBit.IsHeld(settings, mayWrite);
}
