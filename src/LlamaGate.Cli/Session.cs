using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO.Enumeration;
using System.Threading;
using LlamaGate.Cli.Output;
using LlamaGate.Gateway;

namespace LlamaGate.Cli;

/// <summary>One run of a command over the store.</summary>
/// <param name="Line">The parsed command line.</param>
/// <param name="Store">The store of the home that it means.</param>
/// <param name="Output">Where the command reports.</param>
/// <param name="CancellationToken">Cancelled by Ctrl+C.</param>
internal sealed record Session(ParseResult Line, PackageStore Store, CommandOutput Output, CancellationToken CancellationToken)
{
    /// <summary>The current folder. Its path may be unknown, and it may no longer exist.</summary>
    public const string CurrentFolder = ".";

    /// <summary>Whether nothing may be changed.</summary>
    public bool IsDryRun => Line.GetValue(CommonOptions.DryRun);

    /// <summary>The items that are meant, each once. An id that does not exist is a separate error, and the rest are processed.</summary>
    /// <param name="ids">Ids, or wildcards, which may match nothing.</param>
    /// <param name="type">The kind; null when the ids tell.</param>
    /// <returns>The items, in the order of the ids.</returns>
    public IReadOnlyList<InstalledItem> Find(IReadOnlyList<string> ids, ItemType? type)
    {
        var items = new List<InstalledItem>();
        var seen = new HashSet<(string Type, string Id)>();
        foreach (string id in ids)
        {
            Attempt(() =>
            {
                foreach (InstalledItem item in id.AsSpan().ContainsAny('*', '?')
                    ? Store.FindItems(candidate => FileSystemName.MatchesSimpleExpression(id, candidate), type)
                    : [Store.FindItem(id, type)])
                {
                    if (seen.Add((item.Type, item.Id)))
                    {
                        items.Add(item);
                    }
                }
            });
        }

        return items;
    }

    /// <summary>Does one of several things: when it fails, that is reported, and the rest go on.</summary>
    /// <param name="action">The thing to do.</param>
    public void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (LlamaGateException e)
        {
            Output.Error(e);
        }
    }

    /// <summary>Saves, and tells a running gateway if it has to know and the user wants that (contract, section 9).</summary>
    public void SaveAndRefresh()
    {
        try
        {
            Store.Save(CancellationToken);
        }
        catch (LlamaGateException unsaved)
        {
            Output.Warning(unsaved.Message); // What was done is safe in the journal.
        }

        if (!Store.NeedsRefresh || !IsRefreshWanted())
        {
            return;
        }

        GatewayRefreshResult result = GatewayClient.Refresh(null, null, CurrentFolder, CancellationToken);
        Output.Refreshed(result);
        if (result.IsWarning)
        {
            Output.Warning(result.Message);
        }
        else
        {
            Output.Verbose(result.Message);
        }
    }

    // Imports and migrations tell it about its own home unless that is forbidden. Other commands, and other homes, tell it only on request.
    private bool IsRefreshWanted()
    {
        bool hasNoRefresh = Line.CommandResult.Command.Options.Contains(CommonOptions.NoRefresh);
        return Line.GetValue(CommonOptions.Refresh)
            ? !(hasNoRefresh && Line.GetValue(CommonOptions.NoRefresh))
            : hasNoRefresh && !Line.GetValue(CommonOptions.NoRefresh) && Store.IsGatewayHome;
    }
}
