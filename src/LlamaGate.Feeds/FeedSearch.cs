using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>Finds packages in feeds.</summary>
internal sealed class FeedSearch
{
    private readonly FeedPool feeds;
    private readonly string homePath;

    public FeedSearch(FeedPool feeds, string homePath)
    {
        this.feeds = feeds;
        this.homePath = homePath;
    }

    /// <summary>
    /// The packages that match a request, by name, then repository, then version, newest first. A repository that cannot be asked is a
    /// warning while others can.
    /// </summary>
    /// <exception cref="LlamaGateException">PackageNotFound: no version of the one package that is named; DownloadFailed.</exception>
    public async Task<IReadOnlyList<FeedPackage>> FindAsync(PackageRequest request, bool allVersions, IStoreLog log, CancellationToken token)
    {
        var pattern = new NamePattern(request.Name);
        var choice = VersionChoice.Parse(request.Version, request.IncludePrerelease);
        IReadOnlyList<Feed> asked = feeds.Select(request.Repository);
        FeedPackage[][] found = await Task.WhenAll(asked.Select(async feed =>
        {
            try
            {
                IReadOnlyList<FeedEntry> entries = await feed.SearchAsync(pattern, choice.IncludesPrerelease, log, token).ConfigureAwait(false);
                return entries.Where(entry => choice.Accepts(entry.Version, entry.IsListed)).Select(entry => new FeedPackage(entry, feed, choice, homePath)).ToArray();
            }
            catch (LlamaGateException failure) when (asked.Count > 1)
            {
                log.Warning(failure.Message);
                return [];
            }
        })).ConfigureAwait(false);
        if (pattern.IsLiteral && Array.TrueForAll(found, each => each.Length == 0))
        {
            // Its error says why: there are other versions, or a repository cannot be asked. What it finds is not a package of our types.
            _ = await ResolveAsync(request, log, token).ConfigureAwait(false);
            throw NotFound(request, asked, []);
        }

        IEnumerable<FeedPackage> packages = found.SelectMany(each => each);
        if (!allVersions)
        {
            packages = packages
                .GroupBy(package => (package.Name.ToUpperInvariant(), package.Repository))
                .Select(versions => versions.OrderByDescending(package => package.Entry.Version).First());
        }

        return
        [
            .. packages.OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(package => package.Repository, StringComparer.Ordinal)
                .ThenByDescending(package => package.Entry.Version),
        ];
    }

    /// <summary>The newest version that a request accepts; of equal versions that of the first repository.</summary>
    /// <exception cref="LlamaGateException">PackageNotFound; DownloadFailed when a repository cannot be asked.</exception>
    public async Task<FeedPackage> ResolveAsync(PackageRequest request, IStoreLog log, CancellationToken token)
    {
        var choice = VersionChoice.Parse(request.Version, request.IncludePrerelease);
        IReadOnlyList<Feed> asked = feeds.Select(request.Repository);
        FeedPackage[][] found = await Task.WhenAll(asked.Select(async feed =>
        {
            IReadOnlyList<FeedEntry> versions = await feed.GetVersionsAsync(request.Name, log, token).ConfigureAwait(false);
            return versions.Select(entry => new FeedPackage(entry, feed, choice, homePath, request.UpdatesKeepToVersion)).ToArray();
        })).ConfigureAwait(false);
        FeedPackage[] all = [.. found.SelectMany(each => each)];
        return choice.Newest(all, package => package.Entry.Version, package => package.Entry.IsListed)
            ?? throw NotFound(request, asked, all);
    }

    private static LlamaGateException NotFound(PackageRequest request, IReadOnlyList<Feed> asked, FeedPackage[] all)
    {
        const int Shown = 10;
        string places = string.Join(", ", asked.Select(feed => $"'{feed.Name}'"));
        string reason = all.Length == 0
            ? $"There is no package '{request.Name}' in {places}. Find-LlamaGatePackage (llamagate search) lists the available packages."
            : (request.Version is null
                ? $"'{request.Name}' has only prerelease versions in {places}. Use -Prerelease (--prerelease) to include them. "
                : $"No version of '{request.Name}' in {places} matches '{request.Version}'. ")
                + $"There are: {string.Join(", ", all.OrderByDescending(package => package.Entry.Version).Select(package => package.Version).Take(Shown))}.";
        return new LlamaGateException(ErrorIds.PackageNotFound, reason, request.Name);
    }
}
