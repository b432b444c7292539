using System;
using System.Collections.Generic;
using System.Management.Automation;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Gives the repositories and feeds of the home, which live as long as the pipeline.</summary>
public abstract class FeedCommand : StoreCommand
{
    private readonly Dictionary<PackageStore, PackageFeeds> open = [];

    private protected FeedCommand()
    {
    }

    /// <summary>Does the work for what the parameters say now.</summary>
    /// <param name="store">The store of the home.</param>
    /// <param name="feeds">Its repositories and feeds.</param>
    private protected abstract void Process(PackageStore store, PackageFeeds feeds);

    private protected sealed override void Process(PackageStore store)
    {
        if (!open.TryGetValue(store, out PackageFeeds? feeds))
        {
            feeds = new PackageFeeds(store, Log);
            open.Add(store, feeds);
        }

        Process(store, feeds);
    }

    private protected override void Close()
    {
        foreach (PackageFeeds feeds in open.Values)
        {
            feeds.Dispose();
        }

        open.Clear();
    }

    /// <summary>Does one of several things: when it fails, that is an error, and the rest go on.</summary>
    private protected void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (LlamaGateException failure) when (!ErrorRecords.ConcernsHome(failure))
        {
            WriteError(ErrorRecords.From(failure));
        }
    }

    /// <summary>Reports how one of several installations ended. A failure of the home ends the work in it.</summary>
    private protected void Report(InstallOutcome outcome)
    {
        if (outcome.Error is not { } failure)
        {
            WriteObject(outcome.Item);
        }
        else if (ErrorRecords.ConcernsHome(failure))
        {
            throw failure;
        }
        else
        {
            WriteError(ErrorRecords.From(failure));
        }
    }

    /// <summary>A repository as the feeds know it: a name or an address as it is, a path in full.</summary>
    private protected string? ResolveRepository(string? repository) =>
        repository is not null && repository.IndexOf("://", StringComparison.Ordinal) < 0 && IsPath(repository)
            ? FileSystemPath.Resolve(SessionState.Path, repository)
            : repository;

    private static bool IsPath(string text) => text[0] is '.' or '~' || text.IndexOfAny(['/', '\\', ':']) >= 0;
}
