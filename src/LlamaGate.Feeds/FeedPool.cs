using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NuGet.Configuration;

namespace LlamaGate.Feeds;

/// <summary>The feeds that a command asks, each opened once.</summary>
internal sealed class FeedPool : IDisposable
{
    private readonly Dictionary<string, Feed> open = new(StringComparer.Ordinal);
    private readonly Repositories repositories;
    private readonly Lazy<string> scratch = new(MakeScratch);

    public FeedPool(Repositories repositories) => this.repositories = repositories;

    /// <summary>A folder for what is needed while the command runs.</summary>
    public string Scratch => scratch.Value;

    /// <summary>The feeds that a user means.</summary>
    /// <param name="repository">The name of a repository, a folder or an address; null for every enabled repository.</param>
    /// <exception cref="LlamaGateException">RepositoryNotFound, RepositoryInvalid.</exception>
    public IReadOnlyList<Feed> Select(string? repository)
    {
        if (repository is not null)
        {
            return [Get(repository)];
        }

        Feed[] enabled = [.. repositories.Sources.Where(source => source.IsEnabled).Select(Open)];
        return enabled.Length > 0 ? enabled : throw new LlamaGateException(
            FeedErrorIds.RepositoryNotFound,
            "This home has no repositories. Register one with Register-LlamaGateRepository (llamagate repo add), or specify a folder or an address.");
    }

    /// <summary>The feed of a repository.</summary>
    /// <param name="repository">Its name, or a folder or an address.</param>
    /// <exception cref="LlamaGateException">RepositoryNotFound, RepositoryInvalid.</exception>
    public Feed Get(string repository)
    {
        // The place of a registered repository means that repository, with its credentials.
        if ((repositories.Find(repository) ?? repositories.FindPlace(repository)) is { } named)
        {
            return Open(named);
        }

        if (!RepositoryAddress.TryParse(repository, out _) && !Directory.Exists(repository) && !Path.IsPathRooted(repository))
        {
            throw Repositories.NotFound(repository);
        }

        string source = RepositoryAddress.Normalize(repository, allowInsecureConnections: false);
        return Open(new PackageSource(source, source));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Feed feed in open.Values)
        {
            feed.Dispose();
        }

        open.Clear();
        if (scratch.IsValueCreated)
        {
            try
            {
                Directory.Delete(scratch.Value, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Answers of servers in the system's temporary folder, which the system cleans.
            }
        }
    }

    private static string MakeScratch() =>
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "llamagate-" + Guid.NewGuid().ToString("N"))).FullName;

    private Feed Open(PackageSource source)
    {
        if (!open.TryGetValue(source.Name, out Feed? feed))
        {
            if (RepositoryAddress.TryParse(source.Source, out Uri address))
            {
                RepositoryAddress.ThrowIfRefused(address, source.AllowInsecureConnections);
                feed = new ServerFeed(source.Name, source, scratch.Value);
            }
            else
            {
                feed = new FolderFeed(source.Name, source.Source);
            }

            open.Add(source.Name, feed);
        }

        return feed;
    }
}
