using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using NuGet.Packaging;
using NuGet.Versioning;

namespace LlamaGate.Tests.Support;

/// <summary>A small server of version 3 of NuGet's protocol: search in pages, registrations, contents, publishing.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly List<FeedServerPackage> packages = [];
    private WebServer? server;

    /// <summary>The user name and password that it wants, as <c>user:password</c>; null for nobody's.</summary>
    public string? Credentials { get; init; }

    /// <summary>The key that it wants of publishers; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether it reads <c>packageType</c>, and tells the types of what it finds.</summary>
    public bool KnowsTypes { get; init; } = true;

    /// <summary>The most that a page of a search holds, whatever is asked for.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>How many downloads break off half way.</summary>
    public int BrokenDownloads { get; set; }

    /// <summary>The ids whose registrations fail.</summary>
    public HashSet<string> BrokenIds { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Index => server!.Uri("/v3/index.json").AbsoluteUri;

    public IEnumerable<RecordedRequest> Requests => server!.Requests;

    public static async Task<FeedServer> StartAsync(FeedServer feed)
    {
        feed.server = await WebServer.StartAsync(feed.AnswerAsync);
        return feed;
    }

    public void Add(byte[] nupkg, bool isListed = true)
    {
        using var reader = new PackageArchiveReader(new MemoryStream(nupkg));
        NuspecReader nuspec = reader.NuspecReader;
        lock (packages)
        {
            packages.Add(new FeedServerPackage(
                nuspec.GetId(), nuspec.GetVersion(), nuspec.GetPackageTypes() is [var type, ..] ? type.Name : null, nuspec.GetTags(), nuspec.GetDescription(), isListed, nupkg));
        }
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private Task AnswerAsync(HttpContext context)
    {
        if (Credentials is not null
            && context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials)))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"feed\"";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        string[] path = context.Request.Path.Value!.Trim('/').Split('/');
        return path switch
        {
            ["v3", "index.json"] => WriteAsync(context, GetIndex()),
            ["query"] => WriteAsync(context, Search(context.Request.Query)),
            ["registration", var id, "index.json"] => AnswerRegistrationAsync(context, id),
            ["content", var id, var version, _] => AnswerContentAsync(context, id, version),
            ["publish"] when context.Request.Method == "PUT" => AnswerPublishAsync(context),
            _ => AnswerAsync(context, StatusCodes.Status404NotFound),
        };
    }

    private object GetIndex() => new
    {
        version = "3.0.0",
        resources = new[]
        {
            Service("/query", "SearchQueryService"),
            Service("/query", "SearchQueryService/3.5.0"),
            Service("/registration/", "RegistrationsBaseUrl/3.6.0"),
            Service("/content/", "PackageBaseAddress/3.0.0"),
            Service("/publish", "PackagePublish/2.0.0"),
        },
    };

    private Dictionary<string, string> Service(string path, string type) => new(StringComparer.Ordinal)
    {
        ["@id"] = server!.Uri(path).AbsoluteUri,
        ["@type"] = type,
    };

    private object Search(IQueryCollection query)
    {
        string[] words = query["q"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool includePrerelease = query["prerelease"] == "true";
        string type = KnowsTypes ? query["packageType"].ToString() : string.Empty;
        IGrouping<string, FeedServerPackage>[] hits;
        lock (packages)
        {
            hits = [.. packages
                .Where(package => package.IsListed && (includePrerelease || !package.Version.IsPrerelease))
                .Where(package => type.Length == 0 || Is(package.Type ?? "Dependency", type))
                .Where(package => words.All(word => $"{package.Id} {package.Tags} {package.Description}".Contains(word, StringComparison.OrdinalIgnoreCase)))
                .GroupBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
        }

        int skip = int.Parse(query["skip"].ToString(), null);
        int take = Math.Min(int.Parse(query["take"].ToString(), null), PageSize);
        return new { totalHits = hits.Length, data = hits.Skip(skip).Take(take).Select(Describe).ToArray() };
    }

    private object Describe(IGrouping<string, FeedServerPackage> versions)
    {
        FeedServerPackage newest = versions.MaxBy(package => package.Version)!;
        var result = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = newest.Id,
            ["version"] = newest.Version.ToFullString(),
            ["description"] = newest.Description,
            ["tags"] = newest.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ["versions"] = versions.Select(package => new { version = package.Version.ToFullString(), downloads = 1 }).ToArray(),
        };
        if (KnowsTypes)
        {
            result["packageTypes"] = new[] { new { name = newest.Type ?? "Dependency" } };
        }

        return result;
    }

    private Task AnswerRegistrationAsync(HttpContext context, string id)
    {
        FeedServerPackage[] versions;
        lock (packages)
        {
            versions = [.. packages.Where(package => Is(package.Id, id)).OrderBy(package => package.Version)];
        }

        if (BrokenIds.Contains(id))
        {
            return AnswerAsync(context, StatusCodes.Status500InternalServerError);
        }

        return versions.Length == 0 ? AnswerAsync(context, StatusCodes.Status404NotFound) : WriteAsync(context, new
        {
            count = 1,
            items = new[]
            {
                new
                {
                    count = versions.Length,
                    lower = versions[0].Version.ToNormalizedString(),
                    upper = versions[^1].Version.ToNormalizedString(),
                    items = versions.Select(package => new
                    {
                        packageContent = server!.Uri("/unused").AbsoluteUri,
                        catalogEntry = new
                        {
                            id = package.Id,
                            version = package.Version.ToFullString(),
                            description = package.Description,
                            listed = package.IsListed,
                            tags = package.Tags.Split(' '),
                        },
                    }).ToArray(),
                },
            },
        });
    }

    private async Task AnswerContentAsync(HttpContext context, string id, string version)
    {
        FeedServerPackage? package;
        lock (packages)
        {
            package = packages.FirstOrDefault(each => Is(each.Id, id) && Is(each.Version.ToNormalizedString(), version));
        }

        if (package is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentLength = package.Content.Length;
        if (BrokenDownloads-- > 0)
        {
            await context.Response.Body.WriteAsync(package.Content.AsMemory(0, package.Content.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(package.Content);
    }

    private async Task AnswerPublishAsync(HttpContext context)
    {
        if (ApiKey is not null && context.Request.Headers["X-NuGet-ApiKey"] != ApiKey)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var body = new MemoryStream();
        IFormCollection form = await context.Request.ReadFormAsync();
        await form.Files[0].CopyToAsync(body);
        using var reader = new PackageArchiveReader(new MemoryStream(body.ToArray()));
        bool isThere;
        lock (packages)
        {
            isThere = packages.Any(package => Is(package.Id, reader.NuspecReader.GetId()) && package.Version == reader.NuspecReader.GetVersion());
        }

        if (!isThere)
        {
            Add(body.ToArray());
        }

        context.Response.StatusCode = isThere ? StatusCodes.Status409Conflict : StatusCodes.Status201Created;
    }

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, object value)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value)).AsTask();
    }

    private sealed record FeedServerPackage(
        string Id, NuGetVersion Version, string? Type, string Tags, string Description, bool IsListed, byte[] Content);
}
