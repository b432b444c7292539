using System;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Importing;

/// <summary>The place in a home where a package is to be installed: what is there now, and whether it may be replaced.</summary>
internal sealed class ImportTarget
{
    private readonly ItemManifest manifest;

    private ImportTarget(LlamaGateHome home, ItemManifest manifest, RegistryEntry? entry)
    {
        this.manifest = manifest;
        Folder = home.ItemFolder(manifest.Type, manifest.Id);
        Entry = entry;
        Kind = StorePath.Probe(Folder);
    }

    /// <summary>The item's entry in the registry; null when there is none.</summary>
    public RegistryEntry? Entry { get; }

    /// <summary>The item's folder.</summary>
    public string Folder { get; }

    /// <summary>What is at the path of the folder: a folder or nothing.</summary>
    public PathKind Kind { get; }

    /// <summary>Looks at the place.</summary>
    /// <exception cref="LlamaGateException">
    /// IdConflict: another item has the id in another case, or the gateway uses the folder. InstallFailed: a link or a file is in its place.
    /// </exception>
    public static ImportTarget Of(LlamaGateHome home, RegistrySnapshot registry, ItemManifest manifest)
    {
        ThrowIfIdConflicts(home, registry, manifest);
        var target = new ImportTarget(home, manifest, registry.Find(manifest.Type, manifest.Id));
        return target.Kind is PathKind.Link or PathKind.File ? throw Failed(manifest.Id, target.IsInTheWay()) : target;
    }

    /// <summary>
    /// The version that is replaced: null when there is nothing, and empty when what is there does not tell its version.
    /// </summary>
    public string? ReadVersion() => Entry?.Version ?? (Kind == PathKind.Folder ? VersionOnDisk() : null);

    /// <summary>The error of a package that could not be installed.</summary>
    /// <param name="subject">The item's id, or the package's path as long as the id is not known.</param>
    /// <param name="cause">What the disk said.</param>
    public static LlamaGateException Failed(string subject, Exception cause) => new(
        ErrorIds.InstallFailed,
        $"failed to install '{subject}': {cause.Sentence()}{cause.Aftermath("Nothing was changed; a version that was installed before is still installed.")} "
        + "Check disk space and permissions, then try again.",
        subject,
        innerException: cause);

    private static void ThrowIfIdConflicts(LlamaGateHome home, RegistrySnapshot registry, ItemManifest manifest)
    {
        if (ItemFolders.IsGatewayBackups(home, manifest.Type, manifest.Id))
        {
            throw new LlamaGateException(
                ErrorIds.IdConflict,
                $"The {manifest.Type.ToToken()} '{manifest.Id}' cannot be installed: gateway 0.9.1 keeps its backups at "
                + $"'{home.ItemFolder(manifest.Type, manifest.Id)}'. Give the package another id.",
                manifest.Id);
        }

        string? alike = registry.FindAlike(manifest.Type, manifest.Id)
            .Select(entry => entry.Id)
            .FirstOrDefault(id => !string.Equals(id, manifest.Id, StringComparison.Ordinal));
        if (alike is not null && registry.Find(manifest.Type, manifest.Id) is null)
        {
            throw new LlamaGateException(
                ErrorIds.IdConflict,
                $"The {manifest.Type.ToToken()} '{manifest.Id}' cannot be installed, because '{alike}' is installed and the ids differ "
                    + $"only by case. To update '{alike}', give the package that id. Otherwise, remove '{alike}' first.",
                manifest.Id);
        }
    }

    private string VersionOnDisk()
    {
        try
        {
            return ItemFinder.ReadManifest(Folder, manifest.Type, manifest.Id).Version;
        }
        catch (LlamaGateException)
        {
            return string.Empty; // What is replaced has no manifest that can be read; it is kept as a backup all the same.
        }
    }

    private IOException IsInTheWay() => new(
        $"'{Folder}' is a {(Kind == PathKind.Link ? "link" : "file")}, but the folder of the item is expected there. Move it to another place.");
}
