using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate search</c></summary>
internal sealed class SearchCommand : FeedCommand
{
    private readonly Argument<string[]> names = new("name")
    {
        Description = "The name of a package, or a wildcard; default: all",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> allVersions = new("--all-versions") { Description = "List every version, not only the newest" };

    public SearchCommand()
        : base("search", "Finds packages in repositories.")
    {
        Arguments.Add(names);
        Options.Add(Repository);
        Options.Add(PackageVersion);
        Options.Add(allVersions);
        Options.Add(Prerelease);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate search [name...] [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate search", "llamagate search 'text-*' --repository team", "llamagate search my-ext --all-versions --json"];

    /// <inheritdoc/>
    protected override void Run(Session session, PackageFeeds feeds)
    {
        string[] given = session.Line.GetValue(names) is { Length: > 0 } some ? some : ["*"];
        foreach (string name in given)
        {
            session.Attempt(() =>
            {
                foreach (FeedPackage package in feeds.Find(Request(session, name), session.Line.GetValue(allVersions), session.CancellationToken))
                {
                    session.Output.Result(
                        ItemOf(package), Terminal.OneLine($"{package.Name} {package.Version} ({package.Repository}): {package.Description}"), package.Name);
                }
            });
        }
    }
}
