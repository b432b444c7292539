using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate sync</c></summary>
internal sealed class SyncCommand : StoreCommand
{
    private readonly Option<bool> acceptContent = new("--accept-content")
    {
        Description = "Record the current checksums of items whose files were changed",
    };

    public SyncCommand()
        : base("sync", "Makes the registry agree with the disk.")
    {
        Options.Add(CommonOptions.DryRun);
        Options.Add(acceptContent);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate sync [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate sync", "llamagate sync --dry-run"];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        SyncPlan plan = session.Store.PlanSync(session.CancellationToken);
        IReadOnlyList<SyncChange> changes =
            session.IsDryRun ? plan.Changes : session.Store.Sync(plan, _ => true, session.CancellationToken);
        foreach (SyncChange change in changes)
        {
            OutputItem result = OutputItem.From(change);
            string reason = change.Reason.Length > 0 ? ": " + Terminal.OneLine(change.Reason) : string.Empty;
            session.Output.Result(result, $"{Deed(change, session.IsDryRun)} {result}{reason}");
        }

        if (session.IsDryRun && plan.RegistryIsCorrupt)
        {
            session.Output.Warning("The registry cannot be read: the sync would move it aside and rebuild it from disk.");
        }
        else if (session.IsDryRun && plan.RegistryProblems.Count > 0)
        {
            session.Output.Warning($"The sync would rewrite the registry, because gateway 0.9.1 cannot read it: {string.Join("; ", plan.RegistryProblems)}.");
        }
        else if (changes.Count == 0 && plan.RegistryProblems.Count == 0)
        {
            session.Output.Say("The registry agrees with the disk.");
        }

        if (!session.IsDryRun || !plan.RegistryIsCorrupt)
        {
            ReportContent(session);
        }
    }

    // Reads every file of every item, so only who wants to know pays for it.
    private void ReportContent(Session session)
    {
        if (session.Line.GetValue(acceptContent))
        {
            foreach (SyncChange change in session.Store.AcceptContent(Approve, session.CancellationToken))
            {
                Report(session, change);
            }
        }
        else if (session.Line.GetValue(CommonOptions.Verbose))
        {
            session.Store.TellDrift(session.CancellationToken);
        }

        bool Approve(SyncChange change)
        {
            if (session.IsDryRun)
            {
                Report(session, change);
            }

            return !session.IsDryRun;
        }
    }

    private static void Report(Session session, SyncChange change)
    {
        OutputItem result = OutputItem.From(change);
        string reason = change.Reason.Length > 0 ? ": " + Terminal.Printable(change.Reason) : string.Empty;
        session.Output.Result(result, $"{Deed(change, session.IsDryRun)} {result}{reason}");
    }

    private static string Deed(SyncChange change, bool isDryRun) => (isDryRun, change.Status) switch
    {
        (true, SyncChange.Added) => "Would add",
        (true, SyncChange.Removed) => "Would remove",
        (true, SyncChange.Updated) => "Would update",
        (true, SyncChange.Skipped) => "Would skip",
        _ => change.Status,
    };
}
