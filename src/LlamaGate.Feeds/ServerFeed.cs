using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>A server that speaks version 3 of NuGet's protocol.</summary>
internal sealed class ServerFeed : Feed
{
    private const int DownloadAttempts = 3;
    private static readonly Stall Stall = new(TimeSpan.FromMinutes(1));
    private static readonly char[] TagSeparators = [' ', ',', ';'];

    /// <summary>The versions of the search service; the first that a server has is asked. From 3.5.0 on it can search by type.</summary>
    private static readonly string[] SearchServices =
    [
        "SearchQueryService/3.5.0", "SearchQueryService/Versioned", "SearchQueryService/3.4.0", "SearchQueryService/3.0.0-rc",
        "SearchQueryService/3.0.0-beta", "SearchQueryService",
    ];

    private readonly SourceRepository repository;
    private readonly SourceCacheContext cache = new() { NoCache = true, DirectDownload = true };
    private readonly string scratch;
    private CancellationToken currentToken;

    /// <summary>Points at a server; asks nothing yet.</summary>
    /// <param name="name">What messages and records call it.</param>
    /// <param name="source">Its address and credentials.</param>
    /// <param name="scratch">A folder for what NuGet keeps of answers while the command runs.</param>
    public ServerFeed(string name, PackageSource source, string scratch)
        : base(name)
    {
        this.scratch = scratch;
        var handlers = new Lazy<INuGetResourceProvider>(() => new FeedHandlers(() => currentToken));
        repository = new SourceRepository(source, Repository.Provider.GetCoreV3().Append(handlers));
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<FeedEntry>> SearchAsync(NamePattern pattern, bool includePrerelease, IStoreLog log, CancellationToken token) =>
        Ask("cannot be searched", async () =>
        {
            HttpSource http = await OpenAsync(token).ConfigureAwait(false);
            IReadOnlyList<Uri> endpoints = await FindServiceAsync(SearchServices, "search", token).ConfigureAwait(false);
            return await new ServerSearch(http, endpoints[0], new NuGetLog(log)).FindAsync(pattern, includePrerelease, token).ConfigureAwait(false);
        }, token);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<FeedEntry>> GetVersionsAsync(string id, IStoreLog log, CancellationToken token) =>
        Ask($"does not list the versions of '{id}'", async () =>
        {
            await OpenAsync(token).ConfigureAwait(false);
            PackageMetadataResource metadata = await repository.GetResourceAsync<PackageMetadataResource>(token).ConfigureAwait(false)
                ?? throw new InvalidDataException("It has no package metadata (RegistrationsBaseUrl) in its index.");
            IEnumerable<IPackageSearchMetadata> versions = await metadata
                .GetMetadataAsync(id, includePrerelease: true, includeUnlisted: true, cache, new NuGetLog(log), token).ConfigureAwait(false);
            return (IReadOnlyList<FeedEntry>)[.. versions.Select(ToEntry)];
        }, token);

    /// <inheritdoc/>
    public override async Task DownloadAsync(FeedEntry entry, LimitedFile destination, IStoreLog log, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await Ask($"does not provide '{entry.Name}' {entry.Version}", async () =>
                {
                    await DownloadOnceAsync(entry, destination, log, token).ConfigureAwait(false);
                    return true;
                }, token).ConfigureAwait(false);
                return;
            }
            catch (LlamaGateException broken) when (attempt < DownloadAttempts && broken.InnerException is IOException)
            {
                log.Verbose($"{broken.Message} (attempt {attempt} of {DownloadAttempts})");
            }
        }
    }

    /// <inheritdoc/>
    public override async Task PublishAsync(string packageFile, string? apiKey, IStoreLog log, CancellationToken token)
    {
        await OpenAsync(token).ConfigureAwait(false);
        PackageUpdateResource update = await repository.GetResourceAsync<PackageUpdateResource>(token).ConfigureAwait(false)
            ?? throw new InvalidDataException("It does not accept packages: its index has no PackagePublish resource.");
        await update.Push(
            [packageFile],
            symbolSource: string.Empty,
            timeoutInSecond: int.MaxValue / 1000,
            disableBuffering: true,
            getApiKey: _ => apiKey,
            getSymbolApiKey: _ => null,
            noServiceEndpoint: true,
            skipDuplicate: false,
            symbolPackageUpdateResource: null,
            allowInsecureConnections: true,
            new NuGetLog(new WithoutWarnings(log))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose() => cache.Dispose();

    private static FeedEntry ToEntry(IPackageSearchMetadata package) => new(
        package.Identity.Id,
        package.Identity.Version,
        PackageTypes.Find((package.Tags ?? string.Empty).Split(TagSeparators, StringSplitOptions.RemoveEmptyEntries)),
        package.Description ?? string.Empty,
        package.IsListed);

    private async Task DownloadOnceAsync(FeedEntry entry, LimitedFile destination, IStoreLog log, CancellationToken token)
    {
        HttpSource http = await OpenAsync(token).ConfigureAwait(false);
        IReadOnlyList<Uri> bases = await FindServiceAsync(ServiceTypes.PackageBaseAddress, "package contents", token).ConfigureAwait(false);
        await http.ProcessResponseAsync(
            new HttpSourceRequest(ContentAddress(bases[0], entry.Name, entry.Version), new NuGetLog(log)),
            async response =>
            {
                response.EnsureSuccessStatusCode();
                using Stream content = await response.Content.OpenAsync(token).ConfigureAwait(false);
                await destination.CopyFromAsync(content, response.Content.Headers.ContentLength, Stall, token).ConfigureAwait(false);
                return true;
            },
            new NuGetLog(log),
            token).ConfigureAwait(false);
    }

    /// <summary>The address of a package's content, as NuGet's protocol has it.</summary>
    private static Uri ContentAddress(Uri services, string name, NuGetVersion version)
    {
        string id = Uri.EscapeDataString(name.ToLowerInvariant());
        string number = Uri.EscapeDataString(version.ToNormalizedString().ToLowerInvariant());
        return new Uri($"{services.AbsoluteUri.TrimEnd('/')}/{id}/{number}/{id}.{number}.nupkg");
    }

    private async Task<HttpSource> OpenAsync(CancellationToken token)
    {
        currentToken = token;
        HttpSourceResource? resource = await repository.GetResourceAsync<HttpSourceResource>(token).ConfigureAwait(false);
        resource!.HttpSource.HttpCacheDirectory = scratch;
        return resource.HttpSource;
    }

    private async Task<IReadOnlyList<Uri>> FindServiceAsync(string[] types, string what, CancellationToken token)
    {
        ServiceIndexResourceV3 index = await repository.GetResourceAsync<ServiceIndexResourceV3>(token).ConfigureAwait(false)
            ?? throw new InvalidDataException("It is not the index of a version 3 feed, whose address usually ends in 'index.json'.");
        return index.GetServiceEntryUris(types) is { Count: > 0 } addresses
            ? addresses
            : throw new InvalidDataException($"Its index does not say where its {what} can be found.");
    }

    private async Task<T> Ask<T>(string what, Func<Task<T>> question, CancellationToken token)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            throw Failed(what, new TimeoutException("It did not answer in time.", exception));
        }
        catch (Exception exception) when (IsOfFeed(exception))
        {
            token.ThrowIfCancellationRequested();
            throw Failed(what, exception);
        }
    }

    /// <summary>NuGet warns when no API key is given, which feeds with credentials do not need.</summary>
    private sealed class WithoutWarnings : IStoreLog
    {
        private readonly IStoreLog log;

        public WithoutWarnings(IStoreLog log) => this.log = log;

        public void Verbose(string message) => log.Verbose(message);

        public void Warning(string message) => log.Verbose(message);

        public void Progress(StoreProgress progress) => log.Progress(progress);
    }
}
