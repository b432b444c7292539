using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LlamaGate.DesiredState;

namespace LlamaGate.Feeds;

/// <summary>Installs what a desired state wants from addresses and from the repositories of a home.</summary>
public sealed class FeedSupplier : IPackageSupplier
{
    private readonly PackageFeeds feeds;

    /// <summary>Uses feeds, which stay the caller's.</summary>
    public FeedSupplier(PackageFeeds feeds) => this.feeds = feeds;

    /// <inheritdoc/>
    public void Install(ItemInstance wanted, ImportOptions options, Func<ImportPlan, LlamaGateException?> refuse, CancellationToken cancellationToken)
    {
        var demand = new PackageDemand(wanted.Sha256, refuse);
        IEnumerable<InstallOutcome> outcomes = wanted.Source!.Location is { } address
            ? feeds.InstallFrom([AddressOf(address)], demand, options, PackageFeeds.DefaultMaxDownloadBytes, cancellationToken)
            : feeds.Install([Resolve(wanted, cancellationToken)], options, demand, PackageFeeds.DefaultMaxDownloadBytes, cancellationToken);
        if (outcomes.ToList().Find(outcome => outcome.Error is not null) is { Error: { } error })
        {
            throw error;
        }
    }

    /// <inheritdoc/>
    public string? FindVersion(ItemInstance wanted, CancellationToken cancellationToken) =>
        wanted.Source!.Location is null ? Resolve(wanted, cancellationToken).Version : null;

    /// <inheritdoc/>
    public string LocationOf(string repository) => feeds.GetRepositories()
        .FirstOrDefault(registered => string.Equals(registered.Name, repository, StringComparison.OrdinalIgnoreCase))?.Source ?? repository;

    private static Uri AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        ? address
        : throw new LlamaGateException(FeedErrorIds.DownloadFailed, $"'{text}' is not an address. Specify an address that begins with https://.", text);

    private FeedPackage Resolve(ItemInstance wanted, CancellationToken cancellationToken) => feeds.Resolve(
        new PackageRequest(wanted.Source!.PackageName!, wanted.Version, wanted.Source.Repository, wanted.Source.IncludesPrerelease), cancellationToken);
}
