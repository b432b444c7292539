using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace LlamaGate.Feeds;

/// <summary>
/// The one door to where packages come from: repositories, feeds and addresses (contract, section 12). Synchronous, and calls back on
/// the caller's thread, as the store that it installs into; one instance serves one thread at a time.
/// </summary>
/// <remarks>
/// Every method throws <see cref="LlamaGateException"/> for what it cannot do, with the ids of <see cref="ErrorIds"/> and
/// <see cref="FeedErrorIds"/>, and <see cref="OperationCanceledException"/> as soon as it is stopped.
/// </remarks>
public sealed class PackageFeeds : IDisposable
{
    /// <summary>The bytes that a download may have unless the caller raises it: 512 MiB.</summary>
    public const long DefaultMaxDownloadBytes = 512L * 1024 * 1024;

    /// <summary>How many packages are downloaded before they are installed together.</summary>
    private const int BatchSize = 16;

    private static readonly Stall WebStall = new(TimeSpan.FromMinutes(1));

    private readonly PackageStore store;
    private readonly CallersThread caller;
    private readonly Repositories repositories;
    private readonly FeedPool feeds;
    private readonly FeedSearch search;
    private readonly Stall webStall;

    /// <summary>Opens the repositories of a store's home. Reads nothing yet.</summary>
    /// <param name="store">The store that packages are installed into; it stays the caller's.</param>
    /// <param name="log">Takes what there is to tell, on the caller's thread.</param>
    public PackageFeeds(PackageStore store, IStoreLog log)
        : this(store, log, WebStall)
    {
    }

    internal PackageFeeds(PackageStore store, IStoreLog log, Stall webStall)
    {
        this.store = store;
        this.webStall = webStall;
        caller = new CallersThread(log);
        repositories = new Repositories(store.Home);
        feeds = new FeedPool(repositories);
        search = new FeedSearch(feeds, store.Home.Path);
    }

    /// <summary>The registered repositories, in the order in which they are asked.</summary>
    /// <exception cref="LlamaGateException">RepositoryInvalid: <c>NuGet.Config</c> cannot be read.</exception>
    public IReadOnlyList<PackageRepository> GetRepositories() => [.. repositories.Sources.Select(repositories.Describe)];

    /// <summary>Registers a repository in the home's <c>NuGet.Config</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="source">A folder, which need not be there yet, or the address of a feed's index.</param>
    /// <param name="credential">What it asks of its users; null for nothing, or what the environment holds.</param>
    /// <param name="allowInsecureConnections">Whether <c>http</c> is good enough; this machine needs no permission.</param>
    /// <exception cref="LlamaGateException">RepositoryExists, RepositoryInvalid.</exception>
    public PackageRepository AddRepository(string name, string source, RepositoryCredential? credential = null, bool allowInsecureConnections = false) =>
        repositories.Describe(repositories.Add(name, source, credential, allowInsecureConnections));

    /// <summary>The repository of a name.</summary>
    /// <exception cref="LlamaGateException">RepositoryNotFound, RepositoryInvalid.</exception>
    public PackageRepository GetRepository(string name) => repositories.Describe(repositories.Find(name) ?? throw Repositories.NotFound(name));

    /// <summary>Removes a repository from the home's <c>NuGet.Config</c>, with its credentials. What came from it stays installed.</summary>
    /// <exception cref="LlamaGateException">RepositoryNotFound, RepositoryInvalid.</exception>
    public PackageRepository RemoveRepository(string name) => repositories.Describe(repositories.Remove(name));

    /// <summary>Finds listed packages with LlamaGate's package types.</summary>
    /// <param name="request">What to look for; the name may have wildcards.</param>
    /// <param name="allVersions">Gives every version that fits, not the newest alone.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The packages; none is no error for a name with wildcards.</returns>
    /// <exception cref="LlamaGateException">PackageNotFound, RepositoryNotFound, RepositoryInvalid; DownloadFailed when the only repository cannot be asked.</exception>
    public IReadOnlyList<FeedPackage> Find(PackageRequest request, bool allVersions, CancellationToken cancellationToken) =>
        caller.Run((log, token) => search.FindAsync(request, allVersions, log, token), cancellationToken);

    /// <summary>Finds the version that a request means: the newest that fits.</summary>
    /// <exception cref="LlamaGateException">PackageNotFound, RepositoryNotFound, RepositoryInvalid, DownloadFailed.</exception>
    public FeedPackage Resolve(PackageRequest request, CancellationToken cancellationToken) =>
        caller.Run((log, token) => search.ResolveAsync(request, log, token), cancellationToken);

    /// <summary>Downloads packages and installs them. A bad package is an outcome with an error and the rest go on. Lazy.</summary>
    /// <param name="packages">The packages, as <see cref="Find"/> or <see cref="Resolve"/> gave them.</param>
    /// <param name="options">How they are to be imported; checking only is not for downloads.</param>
    /// <param name="maxDownloadBytes">The maximum size of a package, in bytes.</param>
    /// <param name="cancellationToken">Stops at once; what is not committed by then is not installed.</param>
    public IEnumerable<InstallOutcome> Install(
        IReadOnlyList<FeedPackage> packages, ImportOptions options, long maxDownloadBytes, CancellationToken cancellationToken) =>
        Install(packages, options, PackageDemand.None, maxDownloadBytes, cancellationToken);

    /// <summary>Installs packages, and refuses those that are not what is demanded.</summary>
    internal IEnumerable<InstallOutcome> Install(
        IReadOnlyList<FeedPackage> packages, ImportOptions options, PackageDemand demand, long maxDownloadBytes, CancellationToken cancellationToken)
    {
        var installer = new PackageInstaller(store, NewDownloads(maxDownloadBytes), caller);
        for (int done = 0; done < packages.Count; done += BatchSize)
        {
            foreach (InstallOutcome outcome in installer.Install([.. packages.Skip(done).Take(BatchSize)], options, demand, cancellationToken))
            {
                yield return outcome;
            }
        }
    }

    /// <summary>Downloads a package to a file in a folder: for machines that are not connected, or a mirror.</summary>
    /// <param name="package">The package, as <see cref="Find"/> or <see cref="Resolve"/> gave it.</param>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="maxDownloadBytes">The most bytes that it may have.</param>
    /// <param name="cancellationToken">Stops at once; what was there stays.</param>
    /// <exception cref="LlamaGateException">DestinationExists, ExportFailed, DownloadFailed, SignatureInvalid, PackageInvalid.</exception>
    public SavedPackage Save(FeedPackage package, string folder, bool overwrite, long maxDownloadBytes, CancellationToken cancellationToken) =>
        new PackageSaver(NewDownloads(maxDownloadBytes), caller).Save(package, folder, overwrite, cancellationToken);

    /// <summary>The id, version and kind that a package would be published with; checks it as import does.</summary>
    /// <param name="path">A zip file, a NuGet package or a folder.</param>
    /// <param name="type">The type that it must have; null to tell from the package.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The content; disposing deletes it.</returns>
    public UnpackedPackage Open(string path, ItemType? type, PackageLimits limits, CancellationToken cancellationToken) =>
        store.Unpack(path, type, limits, cancellationToken);

    /// <summary>The content of an installed item, for <see cref="Publish"/>.</summary>
    /// <param name="item">The item, as the store gave it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The content; disposing deletes it.</returns>
    /// <exception cref="LlamaGateException">As an export of the item fails.</exception>
    public UnpackedPackage Open(InstalledItem item, CancellationToken cancellationToken)
    {
        // Exported first, because an export is of one version of the item, whatever happens meanwhile.
        string file = Path.Combine(feeds.Scratch, Guid.NewGuid().ToString("N") + ".zip");
        try
        {
            store.Export(item, file, overwrite: false, cancellationToken);
            ItemType? type = ItemTypes.TryParse(item.Type, out ItemType known) ? known : null;
            return store.Unpack(file, type, new PackageLimits(int.MaxValue, long.MaxValue), cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Makes a NuGet package of content, and adds it to a repository.</summary>
    /// <param name="content">What <see cref="Open(string, ItemType?, PackageLimits, CancellationToken)"/> gave.</param>
    /// <param name="repository">The name of a repository, a folder or an address.</param>
    /// <param name="packageId">The package's id; null for the item's.</param>
    /// <param name="apiKey">What the repository asks of publishers; null for the one in <c>NuGet.Config</c>, or none.</param>
    /// <param name="cancellationToken">Stops at once; whether the package has arrived by then, only the repository knows.</param>
    /// <exception cref="LlamaGateException">PublishFailed, RepositoryNotFound, RepositoryInvalid, PackageInvalid.</exception>
    public PublishedPackage Publish(
        UnpackedPackage content, string repository, string? packageId, string? apiKey, CancellationToken cancellationToken) =>
        new PackagePublisher(store, repositories, feeds, caller).Publish(content, repository, packageId, apiKey, cancellationToken);

    /// <summary>Asks the repositories that items came from for newer versions: in parallel, and once for each package.</summary>
    /// <param name="items">The items, as the store gave them.</param>
    /// <param name="includePrerelease">Whether prerelease versions count for all of them.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>One result an item, in order. A repository that cannot be asked is the result of its items.</returns>
    public IReadOnlyList<PackageUpdate> FindUpdates(IReadOnlyList<InstalledItem> items, bool includePrerelease, CancellationToken cancellationToken)
    {
        (InstalledItem Item, ItemSource? Source)[] known = [.. items.Select(item => (item, store.FindSource(item)))];
        return caller.Run((log, token) => new UpdateSearch(feeds).FindAsync(known, includePrerelease, log, token), cancellationToken);
    }

    /// <summary>Installs updates that are <see cref="PackageUpdate.Available"/>. One failure does not stop the rest. Lazy.</summary>
    /// <param name="updates">The updates, as <see cref="FindUpdates"/> gave them.</param>
    /// <param name="maxDownloadBytes">The maximum size of a package, in bytes.</param>
    /// <param name="cancellationToken">Stops at once; what is not committed by then is not updated.</param>
    /// <returns>One result an update, in order.</returns>
    public IEnumerable<PackageUpdate> Update(IReadOnlyList<PackageUpdate> updates, long maxDownloadBytes, CancellationToken cancellationToken)
    {
        PackageUpdate[] available = [.. updates.Where(update => update.Status is PackageUpdate.Available)];
        int index = 0;
        foreach (InstallOutcome outcome in Install([.. available.Select(update => update.Package!)], new ImportOptions(), maxDownloadBytes, cancellationToken))
        {
            yield return available[index++].With(outcome.Error is null ? PackageUpdate.Updated : PackageUpdate.Failed, outcome.Error);
        }
    }

    /// <summary>Downloads packages from addresses and installs them, each as any file. A bad one is an outcome with an error. Lazy.</summary>
    /// <param name="addresses">The addresses; <c>https</c>, or this machine.</param>
    /// <param name="sha256">The SHA-256 that every one of them must have, in hexadecimal digits; null to believe the server.</param>
    /// <param name="options">How they are to be imported; checking only is not for downloads.</param>
    /// <param name="maxDownloadBytes">The maximum size of a package, in bytes.</param>
    /// <param name="cancellationToken">Stops at once, and leaves nothing.</param>
    public IEnumerable<InstallOutcome> InstallFrom(
        IReadOnlyList<Uri> addresses, string? sha256, ImportOptions options, long maxDownloadBytes, CancellationToken cancellationToken) =>
        InstallFrom(addresses, new PackageDemand(sha256), options, maxDownloadBytes, cancellationToken);

    /// <summary>Installs from addresses, and refuses packages that are not what is demanded.</summary>
    internal IEnumerable<InstallOutcome> InstallFrom(
        IReadOnlyList<Uri> addresses, PackageDemand demand, ImportOptions options, long maxDownloadBytes, CancellationToken cancellationToken)
    {
        using var web = new WebInstaller(store, caller, maxDownloadBytes, webStall);
        foreach (Uri address in addresses)
        {
            if (web.Install(address, demand, options, cancellationToken) is { } outcome)
            {
                yield return outcome;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => feeds.Dispose();

    private PackageDownloads NewDownloads(long maxBytes) => new(new SignatureCheck(repositories.Settings, NuGet.Common.NullLogger.Instance), maxBytes);
}
