using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace LlamaGate.Feeds;

/// <summary>Downloads packages from addresses and has the store import them.</summary>
internal sealed class WebInstaller : IDisposable
{
    private readonly PackageStore store;
    private readonly CallersThread caller;
    private readonly long maxBytes;
    private readonly WebDownload web;

    public WebInstaller(PackageStore store, CallersThread caller, long maxBytes, Stall stall)
    {
        this.store = store;
        this.caller = caller;
        this.maxBytes = maxBytes;
        web = new WebDownload(stall);
    }

    /// <summary>Installs the package of an address.</summary>
    public InstallOutcome? Install(Uri address, PackageDemand demand, ImportOptions options, CancellationToken cancellationToken)
    {
        if (!address.IsAbsoluteUri)
        {
            var error = new LlamaGateException(
                FeedErrorIds.DownloadFailed, $"'{address.OriginalString}' is not a complete address. Specify an address that begins with https://.", address.OriginalString);
            return new InstallOutcome(address.OriginalString, item: null, error);
        }

        string shown = WebAddress.Show(address);
        try
        {
            using TemporaryFolder folder = store.CreateTemporaryFolder();
            string file = Path.Combine(folder.Path, "package");
            caller.Run(
                async (log, token) =>
                {
                    using var destination = new LimitedFile(file, maxBytes, shown, log);
                    await web.DownloadAsync(address, destination, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken);
            if (demand.CheckFile(file, shown) is { } wrong)
            {
                throw wrong;
            }

            var sources = new Dictionary<string, ItemSource>(StringComparer.Ordinal)
            {
                [file] = ItemSource.OfAddress(shown, FileHash.Sha512(file), DateTimeOffset.UtcNow),
            };
            LlamaGateException? refusal = null;
            InstallOutcome? outcome = store
                .Import([file], options.WithSources(sources), plan => (refusal = demand.Refuse?.Invoke(plan)) is null, cancellationToken)
                .Select(outcome => new InstallOutcome(shown, outcome.Item, outcome.Error.Renamed(file, shown)))
                .SingleOrDefault();
            return refusal is null ? outcome : new InstallOutcome(shown, item: null, refusal);
        }
        catch (LlamaGateException error)
        {
            return new InstallOutcome(shown, item: null, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => web.Dispose();
}
