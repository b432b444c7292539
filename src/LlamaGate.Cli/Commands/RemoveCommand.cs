using System.Collections.Generic;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate remove</c></summary>
internal sealed class RemoveCommand : ItemCommand
{
    public RemoveCommand()
        : base("remove", "Removes installed items: their files, registry entries and backups.")
    {
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate remove [extension|agentic-module] <id>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate remove extension my-ext",
        "llamagate remove agentic-module my-module",
        "llamagate remove ext 'test-*' --dry-run",
    ];

    /// <inheritdoc/>
    protected override void Run(Session session, IReadOnlyList<InstalledItem> items)
    {
        base.Run(session, items);
        session.SaveAndRefresh();
    }

    /// <inheritdoc/>
    protected override void Run(Session session, InstalledItem item)
    {
        InstalledItem removed = session.IsDryRun ? item : session.Store.Remove(item, session.CancellationToken);
        OutputItem result = OutputItem.From(removed, "Removed");
        session.Output.Result(result, (session.IsDryRun ? "Would remove " : "Removed ") + result);
    }
}
