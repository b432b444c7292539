using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>Asks repositories for newer versions: several at a time, and each package of each repository once.</summary>
internal sealed class UpdateSearch
{
    private const int AtATime = 8;
    private readonly FeedPool feeds;

    public UpdateSearch(FeedPool feeds) => this.feeds = feeds;

    /// <summary>What there is for items, in their order.</summary>
    public async Task<IReadOnlyList<PackageUpdate>> FindAsync(
        IReadOnlyList<(InstalledItem Item, ItemSource? Source)> items, bool includePrerelease, IStoreLog log, CancellationToken token)
    {
        using var slots = new SemaphoreSlim(AtATime);
        Dictionary<(string Repository, string Package), Task<(IReadOnlyList<FeedEntry>? Versions, Feed? Feed, LlamaGateException? Error)>> questions = items
            .Where(item => IsAsked(item.Source))
            .Select(item => (item.Source!.Repository!, item.Source.PackageId!.ToUpperInvariant(), item.Source.PackageId!))
            .GroupBy(key => (key.Item1, key.Item2))
            .ToDictionary(keys => keys.Key, keys => AskAsync(keys.Key.Item1, keys.First().Item3, slots, log, token));
        await Task.WhenAll(questions.Values).ConfigureAwait(false);
        var updates = new List<PackageUpdate>(items.Count);
        foreach ((InstalledItem item, ItemSource? source) in items)
        {
            updates.Add(IsAsked(source)
                ? Compare(item, source!, await questions[(source!.Repository!, source.PackageId!.ToUpperInvariant())].ConfigureAwait(false), includePrerelease)
                : new PackageUpdate(item, source, source?.Repository is null ? PackageUpdate.NoRepository : PackageUpdate.Pinned));
        }

        return updates;
    }

    private static bool IsAsked(ItemSource? source) => source?.Repository is not null && !ChoiceOf(source, includePrerelease: false).IsExact;

    private static VersionChoice ChoiceOf(ItemSource source, bool includePrerelease) =>
        VersionChoice.Parse(source.VersionRange, includePrerelease || source.IncludesPrerelease);

    private static PackageUpdate Compare(
        InstalledItem item, ItemSource source, (IReadOnlyList<FeedEntry>? Versions, Feed? Feed, LlamaGateException? Error) answer, bool includePrerelease)
    {
        if (answer.Error is { } error)
        {
            return new PackageUpdate(item, source, PackageUpdate.Failed, package: null, error);
        }

        VersionChoice choice = ChoiceOf(source, includePrerelease);
        FeedEntry? newest = choice.Newest(answer.Versions!, entry => entry.Version, entry => entry.IsListed);
        FeedPackage? package = newest is null ? null : new FeedPackage(newest, answer.Feed!, choice, item.HomePath);
        bool isNewer = newest is not null && (!NuGetVersion.TryParse(item.Version, out NuGetVersion? current) || newest.Version > current);
        return new PackageUpdate(item, source, isNewer ? PackageUpdate.Available : PackageUpdate.UpToDate, package);
    }

    private async Task<(IReadOnlyList<FeedEntry>? Versions, Feed? Feed, LlamaGateException? Error)> AskAsync(
        string repository, string package, SemaphoreSlim slots, IStoreLog log, CancellationToken token)
    {
        await slots.WaitAsync(token).ConfigureAwait(false);
        try
        {
            Feed feed;
            lock (feeds)
            {
                feed = feeds.Get(repository);
            }

            return (await feed.GetVersionsAsync(package, log, token).ConfigureAwait(false), feed, null);
        }
        catch (LlamaGateException error)
        {
            return (null, null, error);
        }
        finally
        {
            slots.Release();
        }
    }
}
