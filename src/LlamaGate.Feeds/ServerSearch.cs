using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Common;
using NuGet.Protocol;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>
/// Searches a server for our package types. NuGet's own search resource sends a filter that no server of today reads
/// (<c>packageTypeFilter</c>), and drops what the answer says of types; the protocol's parameter is <c>packageType</c>.
/// </summary>
internal sealed class ServerSearch
{
    private const int PageSize = 100;
    private readonly HttpSource http;
    private readonly Uri endpoint;
    private readonly ILogger log;

    public ServerSearch(HttpSource http, Uri endpoint, ILogger log)
    {
        this.http = http;
        this.endpoint = endpoint;
        this.log = log;
    }

    /// <summary>The listed versions of our packages whose names match.</summary>
    public async Task<IReadOnlyList<FeedEntry>> FindAsync(NamePattern pattern, bool includePrerelease, CancellationToken token)
    {
        IReadOnlyList<FeedEntry>[] found = await Task.WhenAll(
            PackageTypes.Names.Select(type => FindAsync(pattern, type, includePrerelease, token))).ConfigureAwait(false);
        return [.. found.SelectMany(entries => entries).GroupBy(entry => (entry.Name.ToUpperInvariant(), entry.Version)).Select(same => same.First())];
    }

    private async Task<IReadOnlyList<FeedEntry>> FindAsync(NamePattern pattern, string type, bool includePrerelease, CancellationToken token)
    {
        // Servers match whole words or beginnings, each in its own way: a pattern is applied here, to all packages of the type.
        string words = pattern.IsLiteral ? pattern.Text : string.Empty;
        List<FeedEntry>? found = await ReadPagesAsync(words, type, stopAtOthers: true, pattern, includePrerelease, token).ConfigureAwait(false);
        return found

            // The server does not know the parameter. Our packages have their type as a tag, and every server searches tags.
            ?? await ReadPagesAsync($"{words} {type}".Trim(), type: null, stopAtOthers: false, pattern, includePrerelease, token).ConfigureAwait(false)
            ?? [];
    }

    private async Task<List<FeedEntry>?> ReadPagesAsync(
        string words, string? type, bool stopAtOthers, NamePattern pattern, bool includePrerelease, CancellationToken token)
    {
        var entries = new List<FeedEntry>();
        int skip = 0;
        while (true)
        {
            using JsonDocument page = await ReadPageAsync(words, type, skip, includePrerelease, token).ConfigureAwait(false);
            JsonElement packages = page.RootElement.GetProperty("data");
            foreach (JsonElement package in packages.EnumerateArray())
            {
                ItemType? kind = TypeOf(package);
                if (kind is null && stopAtOthers)
                {
                    return null;
                }

                string name = package.GetProperty("id").GetString()!;
                if (kind is not null && pattern.IsMatch(name))
                {
                    entries.AddRange(VersionsOf(package).Select(version => new FeedEntry(name, version, kind, Text(package, "description"))));
                }
            }

            // A page may hold fewer than were asked for.
            int count = packages.GetArrayLength();
            skip += count;
            if (count == 0 || skip >= page.RootElement.GetProperty("totalHits").GetInt64())
            {
                return entries;
            }
        }
    }

    private Task<JsonDocument> ReadPageAsync(string words, string? type, int skip, bool includePrerelease, CancellationToken token)
    {
        string query = string.Format(
            CultureInfo.InvariantCulture,
            "q={0}&skip={1}&take={2}&prerelease={3}&semVerLevel=2.0.0{4}",
            Uri.EscapeDataString(words),
            skip,
            PageSize,
            includePrerelease ? "true" : "false",
            type is null ? string.Empty : "&packageType=" + type);
        var address = new UriBuilder(endpoint);
        address.Query = string.Join("&", new[] { address.Query.TrimStart('?'), query }.Where(part => part.Length > 0));
        return http.ProcessStreamAsync(
            new HttpSourceRequest(address.Uri, log),
            async stream => await JsonDocument.ParseAsync(stream!, default, token).ConfigureAwait(false),
            log,
            token);
    }

    private static ItemType? TypeOf(JsonElement package)
    {
        if (package.TryGetProperty("packageTypes", out JsonElement types) && types.ValueKind == JsonValueKind.Array
            && PackageTypes.Find(types.EnumerateArray().Select(type => Text(type, "name"))) is { } type)
        {
            return type;
        }

        return package.TryGetProperty("tags", out JsonElement tags) ? PackageTypes.Find(TextsOf(tags)) : null;
    }

    private static IEnumerable<string> TextsOf(JsonElement tags) => tags.ValueKind switch
    {
        JsonValueKind.Array => tags.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.GetString()!),
        JsonValueKind.String => tags.GetString()!.Split(' ', ',', ';'),
        _ => [],
    };

    private static HashSet<NuGetVersion> VersionsOf(JsonElement package)
    {
        var versions = new HashSet<NuGetVersion> { NuGetVersion.Parse(package.GetProperty("version").GetString()!) };
        if (package.TryGetProperty("versions", out JsonElement all) && all.ValueKind == JsonValueKind.Array)
        {
            versions.UnionWith(all.EnumerateArray().Select(version => NuGetVersion.Parse(Text(version, "version"))));
        }

        return versions;
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : string.Empty;
}
