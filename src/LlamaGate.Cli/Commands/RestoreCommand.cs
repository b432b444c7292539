using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate restore</c></summary>
internal sealed class RestoreCommand : StoreCommand
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "The id of an item that has a backup; several may be given",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> backup = new("--backup", "-b")
    {
        HelpName = "name",
        Description = "The name of the backup, as 'backups' lists it; default: the newest",
    };

    public RestoreCommand()
        : base("restore", "Makes a backup the installed version; the version that it replaces becomes a backup.")
    {
        ids.Validators.Add(result =>
        {
            int count = ItemWords.Split(result.GetValueOrDefault<string[]>() ?? []).Others.Count;
            if (count == 0)
            {
                result.AddError("'restore' needs the id of an item, such as 'llamagate restore my-ext'.");
            }
        });
        ids.CompletionSources.Add(Candidates.Items);
        Arguments.Add(ids);
        Options.Add(backup);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate restore [extension|agentic-module] <id>... [--backup <name>] [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["llamagate restore my-ext", "llamagate restore extension my-ext --backup 20260102-030405-678", "llamagate restore my-ext --dry-run"];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        (ItemType? type, IReadOnlyList<string> given) = ItemWords.Split(session.Line.GetRequiredValue(ids));
        foreach (string id in given)
        {
            session.Attempt(() => Restore(session, session.Store.FindBackup(id, type, session.Line.GetValue(backup), session.CancellationToken)));
        }

        session.SaveAndRefresh();
    }

    private static void Restore(Session session, ItemBackup backup)
    {
        ImportedItem? item = session.Store.Restore(backup, Approve, session.CancellationToken);
        if (item is not null)
        {
            Report(OutputItem.From(item, backup.Path), "Restored");
        }

        bool Approve(ImportPlan plan)
        {
            if (session.IsDryRun)
            {
                Report(OutputItem.From(plan, backup.Path), "Would restore");
            }

            return !session.IsDryRun;
        }

        void Report(OutputItem result, string deed)
        {
            string previous = result.PreviousVersion is { } version ? $" in place of v{Terminal.Printable(version)}" : string.Empty;
            session.Output.Result(result, $"{deed} {result}{previous}");
        }
    }
}
