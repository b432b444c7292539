using System;
using System.CommandLine;
using System.IO;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary>A command over the feeds of the home.</summary>
internal abstract class FeedCommand : StoreCommand
{
    protected FeedCommand(string name, string description)
        : base(name, description)
    {
    }

    /// <summary><c>--repository</c></summary>
    protected Option<string?> Repository { get; } = new("--repository", "-r")
    {
        HelpName = "name",
        Description = "A registered repository, a folder or an address; default: every enabled repository of the home",
    };

    /// <summary><c>--version</c> of a package.</summary>
    protected Option<string?> PackageVersion { get; } = new("--package-version")
    {
        HelpName = "range",
        Description = "A version, or a range in NuGet's notation such as [1.0,2.0) or 1.*; default: the newest",
    };

    /// <summary><c>--prerelease</c></summary>
    protected Option<bool> Prerelease { get; } = new("--prerelease") { Description = "Include prerelease versions" };

    /// <summary><c>--max-download-bytes</c></summary>
    protected Option<long> MaxDownloadBytes { get; } = CommonOptions.Number(
        "--max-download-bytes", "bytes", "The maximum size of a package", 1, long.MaxValue, PackageFeeds.DefaultMaxDownloadBytes);

    /// <inheritdoc/>
    protected sealed override void Run(Session session)
    {
        using var feeds = new PackageFeeds(session.Store, session.Output);
        Run(session, feeds);
    }

    /// <summary>Does what the command is for.</summary>
    protected abstract void Run(Session session, PackageFeeds feeds);

    /// <summary>What the command line asks of a package.</summary>
    protected PackageRequest Request(Session session, string name) => new(
        name, session.Line.GetValue(PackageVersion), RepositoryOf(session.Line.GetValue(Repository)), session.Line.GetValue(Prerelease));

    /// <summary>A repository as the feeds know it: a path in full.</summary>
    protected static string? RepositoryOf(string? repository) =>
        repository is not null && !repository.Contains("://", StringComparison.Ordinal) && repository.AsSpan().IndexOfAny('/', '\\', ':') >= 0
            ? Path.GetFullPath(repository)
            : repository;

    /// <summary>A package of a feed in the output.</summary>
    protected static OutputItem ItemOf(FeedPackage package, string? status = null) => new()
    {
        Id = package.Name,
        Type = package.Type is null ? null : ItemWords.Parse(package.Type).ToToken(),
        Version = package.Version,
        Description = package.Description.Length > 0 ? package.Description : null,
        Repository = package.Repository,
        HomePath = package.HomePath,
        Status = status,
    };
}
