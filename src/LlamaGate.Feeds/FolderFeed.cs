using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Packaging;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>A folder or share with <c>.nupkg</c> files: side by side, or in the folders that <c>nuget add</c> makes.</summary>
internal sealed class FolderFeed : Feed
{
    private static readonly Stall ShareStall = new(TimeSpan.FromMinutes(1));
    private readonly string folder;

    /// <summary>The file of each version that was reported.</summary>
    private readonly ConcurrentDictionary<(string Name, NuGetVersion Version), string> files = new();

    public FolderFeed(string name, string folder)
        : base(name) => this.folder = folder;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<FeedEntry>> SearchAsync(NamePattern pattern, bool includePrerelease, IStoreLog log, CancellationToken token) =>
        Read(pattern, entry => entry.Type is not null && (includePrerelease || !entry.Version.IsPrerelease), log, token);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<FeedEntry>> GetVersionsAsync(string id, IStoreLog log, CancellationToken token) =>
        Read(new NamePattern(id), _ => true, log, token);

    /// <inheritdoc/>
    public override async Task DownloadAsync(FeedEntry entry, LimitedFile destination, IStoreLog log, CancellationToken token)
    {
        try
        {
            string file = files[Key(entry.Name, entry.Version)];
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, useAsync: true);
            await destination.CopyFromAsync(source, source.Length, ShareStall, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfFeed(exception))
        {
            throw Failed($"does not provide '{entry.Name}' {entry.Version}", exception);
        }
    }

    /// <inheritdoc/>
    public override async Task PublishAsync(string packageFile, string? apiKey, IStoreLog log, CancellationToken token)
    {
        Directory.CreateDirectory(folder);
        await ThrowIfThereAsync(packageFile, log, token).ConfigureAwait(false);
        SourceRepository repository = Repository.Factory.GetCoreV3(folder);
        PackageUpdateResource? update = await repository.GetResourceAsync<PackageUpdateResource>(token).ConfigureAwait(false);
        await update!.Push(
            [packageFile],
            symbolSource: string.Empty,
            timeoutInSecond: int.MaxValue / 1000,
            disableBuffering: false,
            getApiKey: _ => null,
            getSymbolApiKey: _ => null,
            noServiceEndpoint: true,
            skipDuplicate: false,
            symbolPackageUpdateResource: null,
            allowInsecureConnections: false,
            new NuGetLog(log)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nothing is held.
    }

    /// <summary>NuGet's own push replaces what is in a folder, which no server does.</summary>
    private async Task ThrowIfThereAsync(string packageFile, IStoreLog log, CancellationToken token)
    {
        using var package = new PackageArchiveReader(packageFile);
        NuspecReader nuspec = package.NuspecReader;
        IReadOnlyList<FeedEntry> versions = await GetVersionsAsync(nuspec.GetId(), log, token).ConfigureAwait(false);
        if (versions.Any(entry => entry.Version.Equals(nuspec.GetVersion())))
        {
            throw new IOException("This version already exists.");
        }
    }

    private static (string Name, NuGetVersion Version) Key(string name, NuGetVersion version) => (name.ToUpperInvariant(), version);

    private Task<IReadOnlyList<FeedEntry>> Read(NamePattern pattern, Func<FeedEntry, bool> isWanted, IStoreLog log, CancellationToken token)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
            }

            var found = new ConcurrentBag<FeedEntry>();
            Parallel.ForEach(ListFiles(pattern, log, token), new ParallelOptions { CancellationToken = token }, file =>
            {
                if (TryRead(file, log) is { } entry && pattern.IsMatch(entry.Name) && isWanted(entry))
                {
                    files[Key(entry.Name, entry.Version)] = file;
                    found.Add(entry);
                }
            });
            return Task.FromResult<IReadOnlyList<FeedEntry>>([.. found]);
        }
        catch (Exception exception) when (IsOfFeed(exception))
        {
            throw Failed("cannot be read", exception);
        }
    }

    /// <summary>The files whose names say that they may be meant: a file's name begins with the package's.</summary>
    private List<string> ListFiles(NamePattern pattern, IStoreLog log, CancellationToken token)
    {
        IEnumerable<string> all = LocalFolderUtility.GetLocalFeedType(folder, new NuGetLog(log)) == FeedType.FileSystemV3
            ? LocalFolderUtility.GetPackagesV3(folder, new NuGetLog(log), token).Select(package => package.Path)
            : LocalFolderUtility.GetNupkgsFromFlatFolder(folder, new NuGetLog(log), token).Select(file => file.FullName);
        string start = pattern.IsLiteral ? pattern.Text + "." : pattern.LiteralStart;
        return [.. all.Where(path => Path.GetFileName(path).StartsWith(start, StringComparison.OrdinalIgnoreCase))];
    }

    private static FeedEntry? TryRead(string file, IStoreLog log)
    {
        try
        {
            using var package = new PackageArchiveReader(file);
            NuspecReader nuspec = package.NuspecReader;
            return new FeedEntry(nuspec.GetId(), nuspec.GetVersion(), PackageTypes.Find(nuspec.GetPackageTypes()), nuspec.GetDescription() ?? string.Empty);
        }
        catch (Exception exception) when (IsOfFeed(exception))
        {
            log.Verbose($"'{file}' cannot be read as a package and is skipped: {exception.Message}");
            return null;
        }
    }
}
