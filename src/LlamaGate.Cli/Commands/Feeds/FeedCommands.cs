using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;
using LlamaGate.DesiredState;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary>The commands for NuGet feeds, and downloads.</summary>
internal static class FeedCommands
{
    /// <summary>The default maximum size of a download: 512 MiB.</summary>
    public const long DefaultMaxDownloadBytes = PackageFeeds.DefaultMaxDownloadBytes;

    public static IEnumerable<Command> All =>
        [new RepoCommand(), new SearchCommand(), new InstallCommand(), new SaveCommand(), new PublishCommand(), new UpdateCommand()];

    /// <summary>Operates the DSC resource with the repositories of the store's home.</summary>
    public static void WithResource(Session session, Action<ItemResource> operate)
    {
        using var feeds = new PackageFeeds(session.Store, session.Output);
        operate(new ItemResource(session.Store, new FeedSupplier(feeds)));
    }

    /// <summary>Downloads a package from an address and installs it.</summary>
    public static void Download(Session session, string address, string? sha256, ImportOptions options, long maxBytes, Action<OutputItem> report)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            session.Output.Error(new LlamaGateException(FeedErrorIds.DownloadFailed, $"'{address}' is not an address.", address));
            return;
        }

        string shown = uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (session.IsDryRun)
        {
            session.Output.Say($"Would download {shown}");
            return;
        }

        using var feeds = new PackageFeeds(session.Store, session.Output);
        foreach (InstallOutcome outcome in feeds.InstallFrom([uri], sha256, options, maxBytes, session.CancellationToken))
        {
            Report(session, outcome, report);
        }
    }

    /// <summary>Reports how an installation ended.</summary>
    public static void Report(Session session, InstallOutcome outcome, Action<OutputItem> report)
    {
        if (outcome.Error is { } error)
        {
            session.Output.Error(error);
        }
        else
        {
            report(OutputItem.From(outcome.Item!, outcome.Source));
        }
    }
}
