using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>A repository that is asked. Any number of questions may be asked at a time.</summary>
internal abstract class Feed : IDisposable
{
    protected Feed(string name) => Name = name;

    /// <summary>The name of the repository, or its folder or address when it is not registered.</summary>
    public string Name { get; }

    /// <summary>The listed versions of our packages whose names match.</summary>
    /// <param name="pattern">The pattern that package names must match.</param>
    /// <param name="includePrerelease">Whether prerelease versions count.</param>
    /// <param name="log">Takes what there is to tell, on any thread.</param>
    /// <param name="token">Stops the search.</param>
    /// <exception cref="LlamaGateException">DownloadFailed.</exception>
    public abstract Task<IReadOnlyList<FeedEntry>> SearchAsync(NamePattern pattern, bool includePrerelease, IStoreLog log, CancellationToken token);

    /// <summary>The versions of the package of an id, unlisted ones too. One request where the feed is a server.</summary>
    /// <returns>The versions; none when there is no such package.</returns>
    /// <exception cref="LlamaGateException">DownloadFailed.</exception>
    public abstract Task<IReadOnlyList<FeedEntry>> GetVersionsAsync(string id, IStoreLog log, CancellationToken token);

    /// <summary>Copies a package.</summary>
    /// <exception cref="LlamaGateException">DownloadFailed: it is not there, has too many bytes, or the connection broke.</exception>
    public abstract Task DownloadAsync(FeedEntry entry, LimitedFile destination, IStoreLog log, CancellationToken token);

    /// <summary>Adds a package file.</summary>
    /// <exception cref="LlamaGateException">PublishFailed.</exception>
    public abstract Task PublishAsync(string packageFile, string? apiKey, IStoreLog log, CancellationToken token);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The failure of a question.</summary>
    protected LlamaGateException Failed(string what, Exception cause) => new(
        FeedErrorIds.DownloadFailed,
        $"The repository '{Name}' {what}: {FeedMessages.Reason(cause)} Check the address, the network and the credentials, then try again.",
        Name,
        innerException: cause);

    /// <summary>Whether an exception is one of the feed or the network, rather than a mistake of ours or a cancellation.</summary>
    public static bool IsOfFeed(Exception exception) => exception is NuGet.Protocol.Core.Types.NuGetProtocolException
        or System.Net.Http.HttpRequestException or IOException or UnauthorizedAccessException or InvalidDataException or TimeoutException
        or System.Text.Json.JsonException or InvalidOperationException or ArgumentException or FormatException
        or Newtonsoft.Json.JsonException or NuGet.Packaging.Core.PackagingException;
}
