using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate publish</c></summary>
internal sealed class PublishCommand : FeedCommand
{
    private readonly Argument<string[]> packages = new("package")
    {
        Description = "A zip file, a NuGet package or a folder; else the id of an installed item",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> packageId = new("--package-id") { HelpName = "id", Description = "The package's id in the repository; default: the item's" };

    private readonly Option<string?> apiKey = new("--api-key")
    {
        HelpName = "key",
        Description = "The API key of the repository; default: the key in NuGet.Config (other users can see command lines)",
    };

    public PublishCommand()
        : base("publish", "Publishes packages, source folders or installed items to a repository.")
    {
        Repository.Required = true;
        Arguments.Add(packages);
        Options.Add(Repository);
        Options.Add(packageId);
        Options.Add(apiKey);
        Options.Add(CommonOptions.DryRun);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate publish [extension|agentic-module] <package>... --repository <name> [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate publish ./my-ext --repository team", "llamagate publish extension my-ext -r team --package-id Contoso.MyExt"];

    /// <inheritdoc/>
    protected override void Run(Session session, PackageFeeds feeds)
    {
        (ItemType? type, IReadOnlyList<string> given) = ItemWords.Split(session.Line.GetRequiredValue(packages));
        string repository = RepositoryOf(session.Line.GetValue(Repository))!;
        foreach (string package in given)
        {
            session.Attempt(() =>
            {
                using UnpackedPackage content = File.Exists(package) || Directory.Exists(package)
                    ? feeds.Open(package, type, new PackageLimits(), session.CancellationToken)
                    : feeds.Open(session.Store.FindItem(package, type), session.CancellationToken);
                Publish(session, feeds, content, repository);
            });
        }
    }

    private void Publish(Session session, PackageFeeds feeds, UnpackedPackage content, string repository)
    {
        var item = new OutputItem { Id = content.Id, Type = content.Type.ToToken(), Version = content.Version, Repository = repository };
        if (session.IsDryRun)
        {
            session.Output.Result(item, Terminal.OneLine($"Would publish {item} to {repository}"));
            return;
        }

        PublishedPackage published =
            feeds.Publish(content, repository, session.Line.GetValue(packageId), session.Line.GetValue(apiKey), session.CancellationToken);
        session.Output.Result(
            item with { Package = published.Name, Length = published.Length, Sha512 = published.Sha512 }, Terminal.OneLine($"Published {item} to {published.Repository}"));
    }
}
