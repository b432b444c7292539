using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;

namespace LlamaGate.Operations;

/// <summary>Checks packages as an import does, and reads what is in them. Writes nothing (contract, section 10).</summary>
internal sealed class PackageCheck
{
    private readonly IStoreLog log;
    private readonly PackageLimits limits;

    public PackageCheck(IStoreLog log, PackageLimits limits)
    {
        this.log = log;
        this.limits = limits;
    }

    /// <summary>Checks a package; see <see cref="PackageAuthoring.Test"/>.</summary>
    public PackageTestResult Test(string path, ItemType? type, bool isStrict, CancellationToken token)
    {
        string fullPath = UserPath.ToFull(path, ErrorIds.PackageNotFound);
        var problems = new List<Problem>();
        ItemManifest? manifest = null;
        PackageSize size = default;
        try
        {
            using PackageContent content = Open(fullPath, token);
            size = new PackageSize(content.Files.Count, content.Length, content.HasChecksums);
            Collect(problems, () =>
            {
                manifest = ReadManifest(content, type, fullPath, token);
                problems.AddRange(manifest.Warnings);
            });
            Collect(problems, () =>
            {
                Verify(content, fullPath, token);
                problems.AddRange(content.FindSecrets());
            });
        }
        catch (LlamaGateException violation) when (!IsAbsent(violation))
        {
            Add(problems, violation);
        }

        return new PackageTestResult(fullPath, manifest?.Id, manifest?.Type, manifest?.Name, manifest?.Version, isStrict, problems, size);
    }

    /// <summary>Reads a package; see <see cref="PackageAuthoring.Inspect"/>.</summary>
    public PackageDetails Inspect(string path, ItemType? type, CancellationToken token)
    {
        string fullPath = UserPath.ToFull(path, ErrorIds.PackageNotFound);
        using PackageContent content = Open(fullPath, token);
        ItemManifest manifest = ReadManifest(content, type, fullPath, token);
        IReadOnlyList<FileDigest> digests = Verify(content, fullPath, token);
        ManifestFields? definition = manifest.Definition;
        return new PackageDetails(fullPath, manifest.Id, manifest.Type, manifest.Name, manifest.Version)
        {
            Description = manifest.Description,
            Kind = definition?.Kind,
            EnabledByDefault = manifest.EnabledByDefault,
            HotReload = manifest.HotReload,
            AutoStart = manifest.Packaging?.AutoStart ?? false,
            LoadMode = manifest.Type == ItemType.Extension ? manifest.Packaging?.LoadMode ?? "eager" : null,
            EntryWorkflow = manifest.Packaging?.EntryWorkflow,
            Steps = definition?.Steps ?? [],
            Hooks = definition?.Hooks ?? [],
            Endpoints = definition?.Endpoints ?? [],
            UnpackedLength = content.Length,
            HasChecksums = content.HasChecksums,
            Files = [.. content.Files.Zip(digests, (file, digest) => new PackagedFile(file.Path, file.Length, digest.Sha256, file.Executable))],
        };
    }

    /// <summary>Opens a package, and tells what is left out of it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="token">Stops the reading.</param>
    /// <exception cref="LlamaGateException">PackageNotFound, PackageInvalid.</exception>
    public PackageContent Open(string path, CancellationToken token)
    {
        PackageContent content = PackageContent.Open(path, limits, token);
        if (content.LeftOut.Story is { } story)
        {
            log.Verbose($"{path}: {story}");
        }

        return content;
    }

    /// <summary>Reads every byte and checks it.</summary>
    /// <param name="content">The opened package.</param>
    /// <param name="path">The full path of the package.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The SHA-256 of each file.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid, ChecksumMismatch.</exception>
    public IReadOnlyList<FileDigest> Verify(PackageContent content, string path, CancellationToken token)
    {
        var work = new Workload(log, "Checking packages", Path.GetFileName(path), content.Length, token);
        try
        {
            return content.Verify(work);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw new LlamaGateException(
                ErrorIds.PackageInvalid,
                $"The package '{path}' cannot be read: {exception.Sentence()} Check that you have permission to read it, and try again.",
                path,
                innerException: exception);
        }
        finally
        {
            work.Complete();
        }
    }

    /// <summary>Reads the manifests of a package.</summary>
    /// <param name="content">The opened package.</param>
    /// <param name="type">The type that the caller named.</param>
    /// <param name="path">The full path of the package.</param>
    /// <param name="token">Stops the reading.</param>
    /// <exception cref="LlamaGateException">ManifestInvalid, PackageInvalid, PackageTypeMismatch.</exception>
    public static ItemManifest ReadManifest(PackageContent content, ItemType? type, string path, CancellationToken token) =>
        ManifestReader.Read(content, type, folderId: null, path, token);

    private static bool IsAbsent(LlamaGateException failure) =>
        string.Equals(failure.ErrorId, ErrorIds.PackageNotFound, StringComparison.Ordinal);

    private static void Collect(List<Problem> problems, Action check)
    {
        try
        {
            check();
        }
        catch (LlamaGateException violation)
        {
            Add(problems, violation);
        }
    }

    private static void Add(List<Problem> problems, LlamaGateException violation) => problems.AddRange(
        violation.Problems.Count > 0 ? violation.Problems : [new Problem(Problem.Error, string.Empty, violation.Message)]);
}
