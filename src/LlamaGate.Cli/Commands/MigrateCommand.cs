using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate migrate</c></summary>
internal sealed class MigrateCommand : StoreCommand
{
    private readonly Argument<string?> folder = new("legacy-directory")
    {
        Description = "The legacy directory; default: 'extensions' and 'agenticmodules' in the current folder",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Migrate again, although the migration is complete" };

    public MigrateCommand()
        : base("migrate", "Copies extensions and agentic modules from a legacy directory into the home.")
    {
        Arguments.Add(folder);
        Options.Add(force);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate migrate [legacy-directory] [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate migrate",
        "llamagate migrate ~/llamagate/extensions --dry-run",
    ];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        IReadOnlyList<string> folders = session.Line.GetValue(folder) is { } named ? [named] : PackageStore.DefaultLegacyFolders;
        bool found = false;
        foreach (MigratedItem item in session.Store.Migrate(
            folders, session.Line.GetValue(force), session.IsDryRun, Approve, session.CancellationToken))
        {
            Report(OutputItem.From(item));
        }

        if (!found)
        {
            session.Output.Say("Nothing was migrated.");
        }

        session.SaveAndRefresh();

        bool Approve(ImportPlan plan)
        {
            if (session.IsDryRun)
            {
                Report(OutputItem.From(plan, plan.SourcePath) with { Status = MigratedItem.Migrated });
            }

            return true;
        }

        void Report(OutputItem item)
        {
            found = true;
            string deed = session.IsDryRun && item.Status is MigratedItem.Migrated ? "Would migrate" : item.Status!;
            string reason = item.Status is MigratedItem.Skipped ? ": " + Terminal.OneLine(item.Reason!) : string.Empty;
            session.Output.Result(item, $"{deed} {item}{reason}");
            if (item.Status is MigratedItem.Failed)
            {
                session.Output.Error(new OutputError(ErrorIds.InstallFailed, item.Reason!, item.SourcePath));
            }
        }
    }
}
