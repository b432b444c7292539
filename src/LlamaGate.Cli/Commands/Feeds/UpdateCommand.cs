using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate update</c></summary>
internal sealed class UpdateCommand : FeedCommand
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "The id of an installed item, or a wildcard; default: all that came from a repository",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public UpdateCommand()
        : base("update", "Updates items from the repositories that they came from.")
    {
        ids.CompletionSources.Add(Candidates.Items);
        Arguments.Add(ids);
        Options.Add(Prerelease);
        Options.Add(MaxDownloadBytes);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate update [extension|agentic-module] [id...] [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate update --dry-run", "llamagate update", "llamagate update extension 'text-*' --prerelease"];

    /// <inheritdoc/>
    protected override void Run(Session session, PackageFeeds feeds)
    {
        (ItemType? type, IReadOnlyList<string> given) = ItemWords.Split(session.Line.GetValue(ids) ?? []);
        IReadOnlyList<InstalledItem> items = given.Count > 0 ? session.Find(given, type) : session.Store.GetItems(type);
        IReadOnlyList<PackageUpdate> updates = feeds.FindUpdates(items, session.Line.GetValue(Prerelease), session.CancellationToken);
        foreach (PackageUpdate update in updates.Where(update => session.IsDryRun || update.Status is not PackageUpdate.Available))
        {
            if (update.Status is not PackageUpdate.NoRepository || given.Count > 0)
            {
                Report(session, update);
            }
        }

        if (session.IsDryRun)
        {
            return;
        }

        foreach (PackageUpdate update in feeds.Update(updates, session.Line.GetValue(MaxDownloadBytes), session.CancellationToken))
        {
            Report(session, update);
        }

        session.SaveAndRefresh();
    }

    private static void Report(Session session, PackageUpdate update)
    {
        if (update.GetError() is { } error)
        {
            session.Output.Error(error);
            return;
        }

        var item = new OutputItem
        {
            Id = update.Id,
            Type = ItemWords.Parse(update.Type).ToToken(),
            Version = update.Version,
            AvailableVersion = update.AvailableVersion,
            Status = update.Status,
            Range = update.Range,
            Repository = update.Repository,
            Package = update.PackageName,
            HomePath = update.HomePath,
        };
        session.Output.Result(item, Terminal.OneLine(update.Status switch
        {
            PackageUpdate.Available => $"Would update {item} to v{update.AvailableVersion} from {update.Repository}",
            PackageUpdate.Updated => $"Updated {item} to v{update.AvailableVersion} from {update.Repository}",
            PackageUpdate.Pinned => $"Pinned {item}",
            PackageUpdate.NoRepository => $"Not from a repository: {item}",
            _ => $"Up to date {item}",
        }));
    }
}
