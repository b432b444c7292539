using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
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
    private const int HashBufferBytes = 128 * 1024;

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
    public static string GetPath(InstalledItem item, string destination)
    {
        char last = destination.Length > 0 ? destination[destination.Length - 1] : '\0';
        string fullPath = UserPath.ToFull(destination, ErrorIds.ExportFailed);
        return last == Path.DirectorySeparatorChar || last == Path.AltDirectorySeparatorChar || Directory.Exists(fullPath)
            ? Path.Combine(fullPath, FileName(item))
            : fullPath;
    }

    // A registry that somebody else wrote may have any text for a version, and none of it may lead out of the folder.
    private static string FileName(InstalledItem item) =>
        SemanticVersion.IsValid(item.Version) ? $"{item.Id}-{item.Version}.zip" : $"{item.Id}.zip";

    /// <summary>Exports an item; see <see cref="PackageStore.Export"/>.</summary>
    public ExportedPackage Export(InstalledItem item, string path, bool overwrite, CancellationToken token)
    {
        try
        {
            RefuseDestination(path, overwrite);
            settings.Step("export.folder");
            string folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            return Export(item, path, Path.Combine(folder, $".llamagate-{Guid.NewGuid():N}.tmp"), overwrite, token);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw Failed(item, path, exception);
        }
    }

    /// <summary>Says whether an export would be refused; see <see cref="PackageStore.CheckExport"/>.</summary>
    public void Check(InstalledItem item, string path, bool overwrite, CancellationToken token)
    {
        try
        {
            RefuseDestination(path, overwrite);
            var work = new Workload(settings.Log, "Exporting packages", item.Id, total: 0, token);
            PackageWriter.Read(Locate(item).Content, new LeftOut(), work);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw Failed(item, path, exception);
        }
    }

    private static LlamaGateException Failed(InstalledItem item, string path, Exception cause)
    {
        string advice = cause is FileChangedException ? string.Empty : " Check disk space and permissions, then try again.";
        return new LlamaGateException(
            ErrorIds.ExportFailed,
            $"'{item.Id}' cannot be exported to '{path}': {cause.Sentence()} What was at the destination is as it was.{advice}",
            path,
            innerException: cause);
    }

    private ExportedPackage Export(InstalledItem item, string path, string temporary, bool overwrite, CancellationToken token)
    {
        try
        {
            (ExportedPackage package, string? story, IReadOnlyList<Problem> secrets) = WriteOneVersion(item, path, temporary, token);
            RefuseDestination(path, overwrite);
            settings.Step("export.replace");
            Durable.ReplaceKeepingAccess(temporary, path);
            settings.Step("export.flush-folder");
            FlushFolder(Path.GetDirectoryName(path)!);
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
        finally
        {
            StorePath.Delete(temporary);
        }
    }

    private void FlushFolder(string folder)
    {
        const int AccessDenied = 13; // EACCES
        try
        {
            Durable.FlushFolder(folder);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == AccessDenied)
        {
            // A folder that may be written to and not read cannot be opened. The package is there and whole; the system writes its name soon.
            settings.Log.Verbose($"'{folder}' may not be read, so that it was not flushed: {exception.Sentence()}");
        }
    }

    private void RefuseDestination(string path, bool overwrite)
    {
        if (StorePath.BelongsTo(settings.Home, path))
        {
            throw new LlamaGateException(
                ErrorIds.ExportFailed, $"'{path}' lies where the LlamaGate home keeps its own files. Name a file elsewhere.", path);
        }

        PathKind there = StorePath.Probe(path);
        if (there == PathKind.Folder || (there == PathKind.Link && Directory.Exists(path)))
        {
            throw new LlamaGateException(ErrorIds.ExportFailed, $"'{path}' is a folder. Name a file, or a folder that the file goes into.", path);
        }

        // What is renamed over a link, a device or a pipe takes its place: nobody means that.
        if (there == PathKind.Link || (there == PathKind.File && !StorePath.IsRegularFile(path)))
        {
            throw new LlamaGateException(ErrorIds.ExportFailed, $"'{path}' is a link, a device or a pipe. Name a file.", path);
        }

        if (there == PathKind.File && !overwrite)
        {
            throw new LlamaGateException(
                ErrorIds.DestinationExists, $"There is a file at '{path}' already. Name another, or overwrite it with -Force (--force).", path);
        }
    }

    private (ExportedPackage Package, string? Story, IReadOnlyList<Problem> Secrets) WriteOneVersion(InstalledItem item, string path, string temporary, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            token.ThrowIfCancellationRequested();
            (string content, string version, string identity) = Locate(item);
            try
            {
                (ExportedPackage Package, string? Story, IReadOnlyList<Problem> Secrets) written =
                    Write(item, path, temporary, content, version, token);
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
                throw new IOException($"it was replaced {MostAttempts} times while it was being read.");
            }

            settings.Log.Verbose($"'{item.Id}' was replaced while it was being read: starting over.");
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
                        $"source path does not exist: '{content}', where '{item.Id}' is registered. Run Sync-LlamaGateExtension (llamagate "
                        + "sync) to repair the registry.",
                        item.Id);
            }

            missing = registered;
        }
    }

    // What was left out, and what may hold secrets, is told once: an export may start over.
    private (ExportedPackage Package, string? Story, IReadOnlyList<Problem> Secrets) Write(
        InstalledItem item, string path, string temporary, string content, string version, CancellationToken token)
    {
        settings.Step("export.write");
        File.Delete(temporary);
        using var output = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, HashBufferBytes);
        var work = new Workload(settings.Log, "Exporting packages", item.Id, total: 0, token) { OnStep = settings.OnStep };
        var leftOut = new LeftOut();
        PackageTree tree = PackageWriter.Read(content, leftOut, work);
        int fileCount = PackageWriter.Write(tree, output, work);
        settings.Step("export.flush");
        Durable.FlushFile(output);
        output.Position = 0;
        using SHA256 sha256 = SHA256.Create();
        string hash = ContentReader.Hex(sha256.ComputeHash(output));
        work.Complete();
        var package = new ExportedPackage(item.Id, item.ItemType, version, path, output.Length, fileCount, hash);
        return (package, leftOut.Story, [.. Secrets.Find(tree)]);
    }
}
