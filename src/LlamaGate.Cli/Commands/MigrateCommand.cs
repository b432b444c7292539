using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate migrate</c></summary>
internal sealed class MigrateCommand : StoreCommand
{
    private readonly Argument<string> folder = new("legacy-directory")
    {
        Description = "Where the items lie; default: 'extensions' in the current folder",
        DefaultValueFactory = _ => "extensions",
    };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Migrate though it was done before" };

    public MigrateCommand()
        : base("migrate", "Copies extensions and agentic modules from a legacy directory into the home.")
    {
        Arguments.Add(folder);
        Options.Add(force);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
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
        string legacyFolder = session.Line.GetRequiredValue(folder);
        if (session.Store.MigrationIsComplete && !session.Line.GetValue(force))
        {
            session.Output.Say($"The migration was done before ('{session.Store.Home.MigrationMarker}'); --force does it again.");
            return;
        }

        bool found = false;
        foreach (MigratedItem item in session.Store.Migrate(legacyFolder, session.IsDryRun, _ => true, session.CancellationToken))
        {
            found = true;
            Report(session, item);
        }

        if (!found)
        {
            session.Output.Say($"There is nothing to migrate in '{legacyFolder}'.");
        }

        session.SaveAndRefresh();
    }

    private static void Report(Session session, MigratedItem item)
    {
        OutputItem result = OutputItem.From(item);
        switch (item.Status)
        {
            case MigratedItem.Failed:
                session.Output.Result(result, $"Failed {result}");
                session.Output.Error(new OutputError(ErrorIds.InstallFailed, item.Reason, item.SourcePath));
                break;
            case MigratedItem.Migrated:
                session.Output.Result(result, (session.IsDryRun ? "Would migrate " : "Migrated ") + result);
                break;
            default:
                session.Output.Result(result, $"{item.Status} {result}: {Terminal.Printable(item.Reason)}");
                break;
        }
    }
}
