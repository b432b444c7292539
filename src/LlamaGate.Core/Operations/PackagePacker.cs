using System;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;

namespace LlamaGate.Operations;

/// <summary>Packs a source folder: checked first, then written as an export writes (contract, section 10).</summary>
internal sealed class PackagePacker
{
    private readonly IStoreLog log;
    private readonly PackageCheck check;

    public PackagePacker(IStoreLog log, PackageCheck check)
    {
        this.log = log;
        this.check = check;
    }

    /// <summary>Packs a folder; see <see cref="PackageAuthoring.Pack"/>.</summary>
    public ExportedPackage? Pack(
        string folder, string destination, ItemType? type, bool overwrite, Func<ExportedPackage, bool> approve, CancellationToken token)
    {
        string source = UserPath.ToFull(folder, ErrorIds.PackageNotFound);
        if (!Directory.Exists(source))
        {
            throw new LlamaGateException(
                ErrorIds.PackageNotFound, $"There is no folder '{source}'. Specify the folder with the files of the package.", source);
        }

        using PackageContent content = check.Open(source, token);
        ItemManifest manifest = PackageCheck.ReadManifest(content, type, source, token);
        check.Verify(content, source, token);
        foreach (Problem warning in manifest.Warnings)
        {
            log.Warning($"{source}: {warning}");
        }

        foreach (Problem secret in content.FindSecrets())
        {
            log.Warning($"{source}: {secret}");
        }

        string path = PackageOutput.ChoosePath(destination, manifest.Id, manifest.Version);
        RefuseInside(source, path);
        using var output = new PackageOutput(path, overwrite, log);
        output.Refuse();
        var planned = new ExportedPackage(manifest.Id, manifest.Type, manifest.Version, path, length: 0, content.Files.Count, sha256: string.Empty);
        return approve(planned) ? Write(content, manifest, output, source, token) : null;
    }

    private ExportedPackage Write(PackageContent content, ItemManifest manifest, PackageOutput output, string source, CancellationToken token)
    {
        var work = new Workload(log, "Packing", manifest.Id, content.Length, token);
        try
        {
            output.Open();
            (int fileCount, long length, string sha256) = output.Write(stream => content.WriteTo(stream, work));
            output.Commit();
            log.Verbose($"Packed {manifest.Type.ToToken()} '{manifest.Id}' {manifest.Version} into '{output.Path}'.");
            return new ExportedPackage(manifest.Id, manifest.Type, manifest.Version, output.Path, length, fileCount, sha256);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw output.Failure($"'{source}' cannot be packed into '{output.Path}'", exception);
        }
        finally
        {
            work.Complete();
        }
    }

    // A package in its own source would be packed by the next run.
    private static void RefuseInside(string source, string path)
    {
        string root = source.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (path.StartsWith(root, Platform.PathComparison))
        {
            throw new LlamaGateException(
                ErrorIds.ExportFailed, $"'{path}' is inside the folder to pack. Specify a file in another folder.", path);
        }
    }
}
