using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Packages;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>
/// Exports an item: written beside the destination, then renamed; one version of the item, whoever changes it meanwhile (contract,
/// section 5).
/// </summary>
internal sealed class ItemExporter
{
    private const int MostAttempts = 20;

    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly ItemFinder finder;

    public ItemExporter(StoreSettings settings, RegistryCache cache, ItemFinder finder)
    {
        this.settings = settings;
        this.cache = cache;
        this.finder = finder;
    }

    /// <summary>Where an export goes; see <see cref="PackageStore.GetExportPath"/>.</summary>
    public static string GetPath(InstalledItem item, string destination) => PackageOutput.ChoosePath(destination, item.Id, item.Version);

    /// <summary>Exports an item; see <see cref="PackageStore.Export"/>.</summary>
    public ExportedPackage Export(InstalledItem item, string path, bool overwrite, CancellationToken token)
    {
        using var output = new PackageOutput(path, overwrite, settings);
        try
        {
            output.Open();
            (ExportedPackage package, string? story, IReadOnlyList<Problem> secrets) = WriteOneVersion(item, output, token);
            output.Commit();
            settings.Log.Verbose($"Exported {item.ItemType.ToToken()} '{item.Id}' {package.Version} to '{path}'.");
            if (story is not null)
            {
                settings.Log.Verbose($"{path}: {story}");
            }

            foreach (Problem secret in secrets)
            {
                settings.Log.Warning($"{path}: {secret}");
            }

            return package;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw output.Failure($"'{item.Id}' cannot be exported to '{path}'", exception);
        }
    }

    /// <summary>Says whether an export would be refused; see <see cref="PackageStore.CheckExport"/>.</summary>
    public void Check(InstalledItem item, string path, bool overwrite, CancellationToken token)
    {
        using var output = new PackageOutput(path, overwrite, settings);
        try
        {
            output.Refuse();
            var work = new Workload(settings.Log, "Exporting packages", item.Id, total: 0, token);
            PackageWriter.Read(Locate(item).Content, new LeftOut(), work);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw output.Failure($"'{item.Id}' cannot be exported to '{path}'", exception);
        }
    }

    private (ExportedPackage Package, string? Story, IReadOnlyList<Problem> Secrets) WriteOneVersion(
        InstalledItem item, PackageOutput output, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            token.ThrowIfCancellationRequested();
            (string content, string version, string identity) = Locate(item);
            try
            {
                (ExportedPackage Package, string? Story, IReadOnlyList<Problem> Secrets) written =
                    Write(item, output, content, version, token);
                if (string.Equals(Locate(item).Identity, identity, StringComparison.Ordinal))
                {
                    return written;
                }
            }
            catch (Exception exception) when (DiskFailure.Is(exception))
            {
                if (string.Equals(Locate(item).Identity, identity, StringComparison.Ordinal))
                {
                    throw;
                }
            }

            if (attempt == MostAttempts)
            {
                throw new IOException($"the item was replaced {MostAttempts} times while it was read.");
            }

            settings.Log.Verbose($"'{item.Id}' was replaced while it was read. The export starts again.");
        }
    }

    // Where the item's content lies now, and what is another text when it has been replaced.
    private (string Content, string Version, string Identity) Locate(InstalledItem item)
    {
        ItemType type = item.ItemType;
        string? missing = null;
        string? unreadable = null;
        while (true)
        {
            RegistrySnapshot registry = cache.Read();
            RegistryEntry? entry = registry.Find(type, item.Id);
            string content = new UnfinishedChanges(settings, registry).ContentOf(type, item.Id);
            StorePath.RefuseObstacles(settings.Home, content);
            string registered = string.Join("|", content, entry?.Version, entry?.LastUpdatedAt);
            if (StorePath.IsFolder(content))
            {
                try
                {
                    string version = entry?.Version ?? ItemFinder.ReadManifest(content, type, item.Id).Version;
                    return (content, version, $"{registered}|{FileIdentity.Of(content)}");
                }
                catch (LlamaGateException) when (!string.Equals(registered, unreadable, StringComparison.Ordinal))
                {
                    unreadable = registered; // It may be on its way out just now.
                    continue;
                }
            }

            // A writer may have moved the folder since the registry was read; then the registry says something else now.
            if (string.Equals(registered, missing, StringComparison.Ordinal))
            {
                throw entry is null
                    ? finder.NotFound(item.Id, type)
                    : new LlamaGateException(
                        ErrorIds.SourcePathMissing,
                        $"source path does not exist: '{content}', the registered folder of '{item.Id}', is missing. Run "
                            + "Sync-LlamaGateExtension (llamagate sync) to repair the registry.",
                        item.Id);
            }

            missing = registered;
        }
    }

    // What was left out, and what may hold secrets, is told once: an export may start over.
    private (ExportedPackage Package, string? Story, IReadOnlyList<Problem> Secrets) Write(
        InstalledItem item, PackageOutput output, string content, string version, CancellationToken token)
    {
        var work = new Workload(settings.Log, "Exporting packages", item.Id, total: 0, token) { OnStep = settings.OnStep };
        var leftOut = new LeftOut();
        PackageTree? tree = null;
        (int fileCount, long length, string sha256) = output.Write(stream =>
        {
            tree = PackageWriter.Read(content, leftOut, work);
            return PackageWriter.Write(tree, stream, work);
        });
        work.Complete();
        var package = new ExportedPackage(item.Id, item.ItemType, version, output.Path, length, fileCount, sha256);
        return (package, leftOut.Story, [.. Secrets.Find(tree!)]);
    }
}
