using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Packaging;

namespace LlamaGate.Feeds;

/// <summary>Downloads packages of feeds and checks that they are what was asked for, signatures included.</summary>
internal sealed class PackageDownloads
{
    private const int AtATime = 4;
    private readonly SignatureCheck signatures;
    private readonly long maxBytes;

    public PackageDownloads(SignatureCheck signatures, long maxBytes)
    {
        this.signatures = signatures;
        this.maxBytes = maxBytes;
    }

    /// <summary>Downloads packages, several at a time.</summary>
    /// <returns>For each package its file, or why there is none.</returns>
    public async Task<IReadOnlyList<(string? File, LlamaGateException? Error)>> GetAsync(
        IReadOnlyList<FeedPackage> packages, string folder, IStoreLog log, CancellationToken token)
    {
        using var slots = new SemaphoreSlim(AtATime);
        return await Task.WhenAll(packages.Select(async (package, index) =>
        {
            await slots.WaitAsync(token).ConfigureAwait(false);
            try
            {
                // A folder each: the same package may be asked for twice.
                string own = Directory.CreateDirectory(Path.Combine(folder, index.ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;
                string file = Path.Combine(own, FileNameOf(package));
                await GetAsync(package, file, log, token).ConfigureAwait(false);
                return ((string?)file, (LlamaGateException?)null);
            }
            catch (LlamaGateException error)
            {
                return (null, error);
            }
            finally
            {
                slots.Release();
            }
        })).ConfigureAwait(false);
    }

    /// <summary>Downloads a package to a file, which must not be there; nothing is left of one that fails.</summary>
    /// <exception cref="LlamaGateException">DownloadFailed, SignatureInvalid, PackageInvalid.</exception>
    public async Task GetAsync(FeedPackage package, string file, IStoreLog log, CancellationToken token)
    {
        bool isWhole = false;
        try
        {
            using (var destination = new LimitedFile(file, maxBytes, package.ToString(), log))
            {
                await package.Feed.DownloadAsync(package.Entry, destination, log, token).ConfigureAwait(false);
            }

            await signatures.CheckAsync(file, package.ToString(), log, token).ConfigureAwait(false);
            CheckIdentity(package, file);
            isWhole = true;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The name of a package's file, as NuGet has it.</summary>
    public static string FileNameOf(FeedPackage package) => $"{package.Name}.{package.Entry.Version.ToNormalizedString()}.nupkg";

    private static void CheckIdentity(FeedPackage package, string file)
    {
        using var content = new PackageArchiveReader(file);
        NuspecReader nuspec = content.NuspecReader;
        if (!string.Equals(nuspec.GetId(), package.Name, StringComparison.OrdinalIgnoreCase) || !nuspec.GetVersion().Equals(package.Entry.Version))
        {
            throw Wrong(package, $"the package in it is '{nuspec.GetId()}' {nuspec.GetVersion()}");
        }

        if (PackageTypes.Find(nuspec.GetPackageTypes()) is null)
        {
            throw Wrong(package, $"its package type is neither {string.Join(" nor ", PackageTypes.Names)}, so it is not for LlamaGate");
        }
    }

    private static LlamaGateException Wrong(FeedPackage package, string reason) => new(
        ErrorIds.PackageInvalid, $"'{package}' of the repository '{package.Repository}' was not installed: {reason}.", package.Name);
}
