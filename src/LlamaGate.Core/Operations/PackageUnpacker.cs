using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.Manifests;
using LlamaGate.Packages;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Unpacks a package below the home's <c>tmp/</c>, with the checks of an import.</summary>
internal static class PackageUnpacker
{
    /// <summary>Unpacks a package; see <see cref="PackageStore.Unpack"/>.</summary>
    public static UnpackedPackage Unpack(StoreSettings settings, string path, ItemType? type, PackageLimits limits, CancellationToken token)
    {
        string fullPath = UserPath.ToFull(path, ErrorIds.PackageNotFound);
        using var content = PackageContent.Open(fullPath, limits, token);
        ItemManifest manifest = ManifestReader.Read(content, type, folderId: null, fullPath, token);
        foreach (Problem warning in manifest.Warnings)
        {
            settings.Log.Warning($"{fullPath}: {warning}");
        }

        StagingArea? area = null;
        try
        {
            area = StagingArea.Create(settings);
            var work = new Workload(settings.Log, "Reading packages", manifest.Id, content.Length, token);
            content.ExtractTo(area.Folder, work);
            work.Complete();
            IReadOnlyList<UnpackedFile> files = [.. content.Files.Select(file => new UnpackedFile(file.Path, file.Executable == true))];
            var unpacked = new UnpackedPackage(
                manifest.Id, manifest.Type, manifest.Name, manifest.Version, manifest.Description, area.Folder, files, content.Folders, area);
            area = null;
            return unpacked;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.ExportFailed,
                $"'{fullPath}' could not be unpacked: {exception.Sentence()} Check disk space and permissions, then try again.",
                fullPath,
                innerException: exception);
        }
        finally
        {
            area?.Dispose();
        }
    }
}
