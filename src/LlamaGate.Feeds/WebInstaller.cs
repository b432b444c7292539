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

    public WebInstaller(PackageStore store, CallersThread caller, long maxBytes, TimeSpan stall)
    {
        this.store = store;
        this.caller = caller;
        this.maxBytes = maxBytes;
        web = new WebDownload(stall);
    }

    /// <summary>Installs the package of an address.</summary>
    public InstallOutcome? Install(Uri address, string? sha256, ImportOptions options, CancellationToken cancellationToken)
    {
        if (!address.IsAbsoluteUri)
        {
            var error = new LlamaGateException(
                FeedErrorIds.DownloadFailed, $"'{address.OriginalString}' is not a whole address. Give one that begins with https://.", address.OriginalString);
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
            ThrowIfWrong(file, shown, sha256);
            var sources = new Dictionary<string, ItemSource>(StringComparer.Ordinal)
            {
                [file] = ItemSource.OfAddress(shown, FileHash.Sha512(file), DateTimeOffset.UtcNow),
            };
            return store.Import([file], options.WithSources(sources), _ => true, cancellationToken)
                .Select(outcome => new InstallOutcome(shown, outcome.Item, outcome.Error.Renamed(file, shown)))
                .SingleOrDefault();
        }
        catch (LlamaGateException error)
        {
            return new InstallOutcome(shown, item: null, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => web.Dispose();

    private static void ThrowIfWrong(string file, string shown, string? sha256)
    {
        if (sha256 is not null && FileHash.Sha256(file) is { } actual && !Hex.AreSame(sha256, actual))
        {
            throw new LlamaGateException(
                ErrorIds.ChecksumMismatch,
                $"The SHA-256 of '{shown}' is {actual}, not {sha256.Trim()}; nothing was installed. Ask whoever gave you the address which one is right.",
                shown);
        }
    }
}
