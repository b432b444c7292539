using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using LlamaGate.Feeds;
using NuGet.Versioning;

namespace LlamaGate.DesiredState;

/// <summary>
/// The operations of the DSC resource <c>LlamaGate/Item</c> (contract, section 13) over the store of one home. An instance is compared by
/// whether it exists, its version and whether it is enabled; <c>source</c> and <c>sha256</c> say how to get what is not there.
/// </summary>
/// <remarks>Every method throws <see cref="LlamaGateException"/> for what it cannot do, with the store's error ids.</remarks>
public sealed class ItemResource
{
    private readonly PackageStore store;
    private readonly IPackageSupplier supplier;

    /// <summary>Opens the resource. Touches nothing on disk.</summary>
    /// <param name="store">The store; it stays the caller's, who saves it after <see cref="Set"/>.</param>
    /// <param name="supplier">Installs what does not come from a file or folder.</param>
    public ItemResource(PackageStore store, IPackageSupplier supplier)
    {
        this.store = store;
        this.supplier = supplier;
    }

    /// <summary>The state of an item. Reads every file of it, never waits and never writes.</summary>
    /// <param name="wanted">Says which item.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ItemInstance Get(ItemInstance wanted, CancellationToken cancellationToken)
    {
        var absent = new ItemInstance(wanted.Id, wanted.Type) { Home = wanted.Home, Exists = false };
        if (Find(wanted) is not { } item)
        {
            return absent;
        }

        ItemIntegrity integrity = store.Verify(item, cancellationToken);
        bool hasFiles = integrity.Status is not ItemIntegrity.Missing;
        if (!hasFiles && wanted.Exists)
        {
            return absent; // Registered, but there is nothing for a gateway to load.
        }

        return new ItemInstance(item.Id, wanted.Type)
        {
            Home = wanted.Home,
            Enabled = item.Enabled,
            Version = item.Version,
            Source = SourceOf(item),
            Intact = integrity.Status is ItemIntegrity.Unrecorded ? null : integrity.Status is ItemIntegrity.Intact,
        };
    }

    /// <summary>Compares an item with what it is to be. Never writes.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state, and the properties of <paramref name="wanted"/> that are not so.</returns>
    public ItemComparison Test(ItemInstance wanted, CancellationToken cancellationToken)
    {
        ItemInstance state = Get(wanted, cancellationToken);
        bool isCompared = wanted.Exists && state.Exists;
        return new ItemComparison(state, ItemComparison.Names(
            ("_exist", wanted.Exists != state.Exists),
            ("enabled", isCompared && wanted.Enabled is { } enabled && state.Enabled != enabled),
            ("version", isCompared && !HasVersion(wanted, state.Version!))));
    }

    /// <summary>Makes an item what it is to be, or removes it. Writes nothing if it is already so.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="whatIf">Says what would be changed, writes nothing and downloads no package.</param>
    /// <param name="cancellationToken">Stops at once; a change that is not committed by then is not made.</param>
    /// <returns>The state afterwards, and the properties that were, or would be, changed.</returns>
    public ItemComparison Set(ItemInstance wanted, bool whatIf, CancellationToken cancellationToken)
    {
        ItemInstance before = Get(wanted, cancellationToken);
        if (!wanted.Exists)
        {
            if (!whatIf && Find(wanted) is { } item)
            {
                store.Remove(item, cancellationToken);
            }

            return ItemComparison.OfStates(before, new ItemInstance(wanted.Id, wanted.Type) { Home = wanted.Home, Exists = false });
        }

        bool isInstalled = before.Exists && HasVersion(wanted, before.Version!);
        ItemInstance after = isInstalled ? before : Install(wanted, before, whatIf, cancellationToken);
        if (wanted.Enabled is { } enabled && after.Enabled != enabled)
        {
            after = whatIf ? after with { Enabled = enabled } : Switch(wanted, enabled, cancellationToken);
        }

        return ItemComparison.OfStates(before, after);
    }

    /// <summary>
    /// One instance for each item of the home, by type, then id. Set one after the other in an empty home, they make it hold the same items.
    /// What came from a repository or an address is to come from there again; the source of all else is its folder in this home, or a
    /// package that the export writes. Lazy.
    /// </summary>
    /// <param name="packageFolder">The full path of a folder to write the packages of the other items to; null to name their folders.</param>
    /// <param name="home">The home as the instances are to name it; null to leave it to the command.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ItemInstance> Export(string? packageFolder, string? home, CancellationToken cancellationToken)
    {
        foreach (InstalledItem item in store.GetItems())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ItemType type = ItemTypes.TryParse(item.Type, out ItemType known) ? known : throw new InvalidOperationException(item.Type);
            var instance = new ItemInstance(item.Id, type)
            {
                Name = $"{type.ToToken()} {item.Id}",
                Home = home,
                Enabled = item.Enabled,
                Version = NuGetVersion.TryParse(item.Version, out _) ? item.Version : null,
                Source = ReusableSourceOf(item),
            };
            yield return instance.Source is not null ? instance : WithContent(instance, item, packageFolder, cancellationToken);
        }
    }

    private ItemInstance WithContent(ItemInstance instance, InstalledItem item, string? packageFolder, CancellationToken cancellationToken)
    {
        if (packageFolder is null)
        {
            return instance with { Source = new InstanceSource { Location = store.Home.ItemFolder(instance.Type, item.Id) } };
        }

        string path = PackageStore.GetExportPath(item, Path.Combine(packageFolder, instance.Type.ToToken() + Path.DirectorySeparatorChar));
        ExportedPackage package = store.Export(item, path, overwrite: true, cancellationToken);
        return instance with { Source = new InstanceSource { Location = package.Path }, Sha256 = package.Sha256 };
    }

    private ItemInstance Install(ItemInstance wanted, ItemInstance before, bool whatIf, CancellationToken cancellationToken)
    {
        InstanceSource source = wanted.Source ?? throw new LlamaGateException(
            ErrorIds.PackageNotFound,
            (before.Exists
                ? $"Version {before.Version} of {wanted.Type.ToToken()} '{wanted.Id}' is installed, and not '{wanted.Version}'"
                : $"The {wanted.Type.ToToken()} '{wanted.Id}' is not installed")
            + ", and the instance does not say where the package is. Add the property 'source'.",
            wanted.Id);
        var options = new ImportOptions(wanted.Type, checkOnly: whatIf, disabled: wanted.Enabled == false);
        ImportPlan? plan = null;
        if (source.IsLocal)
        {
            plan = Import(wanted, source.Location!, options, cancellationToken);
        }
        else if (!whatIf)
        {
            supplier.Install(wanted, options, plan => Refuse(wanted, plan), cancellationToken);
        }

        return whatIf
            ? new ItemInstance(wanted.Id, wanted.Type)
            {
                Home = wanted.Home,
                Enabled = before.Enabled ?? wanted.Enabled,
                Version = plan?.Version ?? (source.IsLocal ? before.Version : supplier.FindVersion(wanted, cancellationToken)),
                Source = source.IsLocal ? null : source,
                Intact = before.Intact,
            }
            : Get(wanted, cancellationToken);
    }

    private ImportPlan? Import(ItemInstance wanted, string path, ImportOptions options, CancellationToken cancellationToken)
    {
        if (wanted.Sha256 is not null && !File.Exists(path))
        {
            throw new LlamaGateException(
                ErrorIds.PackageNotFound, $"'{path}' is not a file, and so has no SHA-256. Specify the path of a package file, or leave 'sha256' out.", path);
        }

        if (new PackageDemand(wanted.Sha256).CheckFile(path, path) is { } otherFile)
        {
            throw otherFile;
        }

        ImportPlan? planned = null;
        LlamaGateException? refusal = null;
        foreach (ImportOutcome outcome in store.Import([path], options, Approve, cancellationToken))
        {
            refusal ??= outcome.Error;
        }

        return refusal is null ? planned : throw refusal;

        bool Approve(ImportPlan plan)
        {
            planned = plan;
            refusal = Refuse(wanted, plan);
            return refusal is null;
        }
    }

    /// <summary>Says why a package is not the one that is wanted; null when it is.</summary>
    private static LlamaGateException? Refuse(ItemInstance wanted, ImportPlan plan)
    {
        if (!string.Equals(plan.Id, wanted.Id, StringComparison.Ordinal))
        {
            return new LlamaGateException(
                ErrorIds.PackageInvalid, $"The package in '{wanted.Source}' is '{plan.Id}', not '{wanted.Id}'; nothing was installed.", wanted.Id);
        }

        return HasVersion(wanted, plan.Version) ? null : new LlamaGateException(
            ErrorIds.PackageInvalid,
            $"The package in '{wanted.Source}' is version {plan.Version} of '{wanted.Id}', which is not '{wanted.Version}'; nothing was installed.",
            wanted.Id);
    }

    private static bool HasVersion(ItemInstance wanted, string version) =>
        wanted.Version is null
        || string.Equals(wanted.Version, version, StringComparison.Ordinal)
        || (NuGetVersion.TryParse(version, out NuGetVersion? installed)
            && VersionChoice.Parse(wanted.Version, wanted.Source?.IncludesPrerelease == true).Accepts(installed, isListed: true));

    private InstalledItem? Find(ItemInstance wanted) => store.GetItems(wanted.Id, wanted.Type) is [var item, ..] ? item : null;

    private ItemInstance Switch(ItemInstance wanted, bool enabled, CancellationToken cancellationToken)
    {
        store.SetEnabled(store.FindItem(wanted.Id, wanted.Type), enabled, cancellationToken);
        return Get(wanted, cancellationToken);
    }

    private InstanceSource? SourceOf(InstalledItem item) => store.FindSource(item) switch
    {
        { Address: { } address } => new InstanceSource { Location = address },
        { Repository: { } repository } source => new InstanceSource
        {
            Repository = repository,
            PackageName = source.PackageId,
            IncludesPrerelease = source.IncludesPrerelease,
        },
        _ => null,
    };

    // The other home has not registered the repository: it needs the place.
    private InstanceSource? ReusableSourceOf(InstalledItem item) => SourceOf(item) switch
    {
        { Repository: { } repository } source => source with { Repository = supplier.LocationOf(repository) },
        var source => source,
    };
}
