using System;
using System.IO;
using System.Threading;
using NuGet.Configuration;

namespace LlamaGate.Feeds;

/// <summary>Makes NuGet packages of items and adds them to repositories.</summary>
internal sealed class PackagePublisher
{
    private readonly PackageStore store;
    private readonly Repositories repositories;
    private readonly FeedPool feeds;
    private readonly CallersThread caller;

    public PackagePublisher(PackageStore store, Repositories repositories, FeedPool feeds, CallersThread caller)
    {
        this.store = store;
        this.repositories = repositories;
        this.feeds = feeds;
        this.caller = caller;
    }

    /// <summary>Publishes content; see <see cref="PackageFeeds.Publish"/>.</summary>
    public PublishedPackage Publish(
        UnpackedPackage content, string repository, string? packageId, string? apiKey, CancellationToken cancellationToken)
    {
        Feed feed = feeds.Get(repository);
        string? key = apiKey ?? StoredKey(repository);
        string name = packageId ?? content.Id;
        string version = NupkgWriter.VersionOf(content).ToNormalizedString();
        using TemporaryFolder folder = store.CreateTemporaryFolder();
        string file = Path.Combine(folder.Path, $"{name}.{version}.nupkg");
        try
        {
            NupkgWriter.Write(content, packageId, file, cancellationToken);
            caller.Run(
                async (log, token) =>
                {
                    await feed.PublishAsync(file, key, log, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception exception) when (Feed.IsOfFeed(exception) || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LlamaGateException(
                FeedErrorIds.PublishFailed,
                $"'{name}' {content.Version} could not be published to '{feed.Name}': {FeedMessages.Reason(exception)} An existing "
                    + "version is not replaced; publish a new version. Check the address, the API key and the credentials.",
                name,
                innerException: exception);
        }

        return new PublishedPackage(
            name, content.Version, content.Id, content.Type, feed.Name, new FileInfo(file).Length, FileHash.Sha512(file), store.Home.Path);
    }

    private string? StoredKey(string repository) =>
        SettingsUtility.GetDecryptedValueForAddItem(
            repositories.Settings, ConfigurationConstants.ApiKeys, repositories.Find(repository)?.Source ?? repository);
}
