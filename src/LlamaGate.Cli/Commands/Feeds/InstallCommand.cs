using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate install</c></summary>
internal sealed class InstallCommand : FeedCommand
{
    private readonly Argument<string[]> names = new("name") { Description = "The name of a package in a repository", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> force = new("--force", "-f") { Description = "Install content that is already installed" };
    private readonly Option<bool> disabled = new("--disabled") { Description = "Disable the installed items" };

    public InstallCommand()
        : base("install", "Installs packages from repositories.")
    {
        Arguments.Add(names);
        Options.Add(Repository);
        Options.Add(PackageVersion);
        Options.Add(Prerelease);
        Options.Add(force);
        Options.Add(disabled);
        Options.Add(MaxDownloadBytes);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate install <name>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["llamagate install summarize-text", "llamagate install summarize-text --package-version '[1.0,2.0)'", "llamagate install my-ext --repository ./packages --dry-run"];

    /// <inheritdoc/>
    protected override void Run(Session session, PackageFeeds feeds)
    {
        var packages = new List<FeedPackage>();
        foreach (string name in session.Line.GetRequiredValue(names))
        {
            session.Attempt(() => packages.Add(feeds.Resolve(Request(session, name), session.CancellationToken)));
        }

        if (session.IsDryRun)
        {
            packages.ForEach(package => session.Output.Result(ItemOf(package, ImportedItem.Installed), Terminal.OneLine($"Would install {package} from {package.Repository}")));
            return;
        }

        var options = new ImportOptions(force: session.Line.GetValue(force), disabled: session.Line.GetValue(disabled));
        foreach (InstallOutcome outcome in feeds.Install(packages, options, session.Line.GetValue(MaxDownloadBytes), session.CancellationToken))
        {
            FeedCommands.Report(session, outcome, item => session.Output.Result(item, $"{item.Status} {item}{(item.Enabled == false ? " [disabled]" : string.Empty)}"));
        }

        session.SaveAndRefresh();
    }
}
