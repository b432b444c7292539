using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>Makes the NuGet package of an item: the same content gives the same bytes (contract, section 12).</summary>
internal static class NupkgWriter
{
    /// <summary>The folder of the item's files in the package; import knows it by the same name.</summary>
    private const string ContentFolder = "content/llamagate/";

    /// <summary>Whoever has made it: NuGet demands an author, and manifests have none.</summary>
    private const string Author = "LlamaGate";

    /// <summary>Writes the package.</summary>
    /// <param name="item">The content and the manifest of the item.</param>
    /// <param name="packageId">The package's id; null for the item's.</param>
    /// <param name="path">The file to write, which must not be there.</param>
    /// <param name="token">Stops the writing.</param>
    /// <exception cref="LlamaGateException">PackageInvalid: NuGet knows no such id or version.</exception>
    public static void Write(UnpackedPackage item, string? packageId, string path, CancellationToken token)
    {
        var builder = new PackageBuilder(deterministic: true, NullLogger.Instance)
        {
            Id = packageId ?? item.Id,
            Version = VersionOf(item),
            Title = item.Name,
            Description = item.Description.Length > 0 ? item.Description : item.Name,
        };
        builder.Authors.Add(Author);
        builder.PackageTypes.Add(new PackageType(PackageTypes.Of(item.Type), PackageType.EmptyVersion));
        builder.Tags.Add("llamagate");
        builder.Tags.Add(PackageTypes.Of(item.Type));
        foreach (UnpackedFile file in item.Files)
        {
            token.ThrowIfCancellationRequested();
            string onDisk = Path.Combine(item.Folder, file.Path.Replace('/', Path.DirectorySeparatorChar));
            builder.Files.Add(new PhysicalPackageFile { SourcePath = onDisk, TargetPath = ContentFolder + file.Path });
        }

        string draft = path + ".draft";
        try
        {
            using (var output = new FileStream(draft, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                builder.Save(output);
            }

            ReproducibleNupkg.Write(draft, path, EmptyFolders(item), Executables(item), token);
        }
        catch (Exception exception) when (exception is PackagingException or ArgumentException or InvalidDataException or InvalidOperationException)
        {
            throw new LlamaGateException(
                ErrorIds.PackageInvalid,
                $"'{builder.Id}' {item.Version} cannot be a NuGet package: {exception.Message} Specify another id with -PackageId "
                    + "(--package-id), or correct the version.",
                builder.Id,
                innerException: exception);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The version as a NuGet package's.</summary>
    /// <exception cref="LlamaGateException">PackageInvalid.</exception>
    public static NuGetVersion VersionOf(UnpackedPackage item) => NuGetVersion.TryParse(item.Version, out NuGetVersion? version)
        ? version
        : throw new LlamaGateException(
            ErrorIds.PackageInvalid,
            $"The version {item.Version} of '{item.Id}' is not valid for a NuGet package: each of its numbers can be at most {int.MaxValue}.",
            item.Id);

    private static IReadOnlyList<string> EmptyFolders(UnpackedPackage item)
    {
        var parents = new HashSet<string>(
            item.Files.Select(file => file.Path).Concat(item.Folders).Select(path => path.Substring(0, Math.Max(0, path.LastIndexOf('/')))),
            StringComparer.Ordinal);
        return [.. item.Folders.Where(folder => !parents.Contains(folder)).Select(folder => ContentFolder + folder + "/")];
    }

    private static HashSet<string> Executables(UnpackedPackage item) =>
        new(item.Files.Where(file => file.IsExecutable).Select(file => ContentFolder + file.Path), StringComparer.Ordinal);
}
