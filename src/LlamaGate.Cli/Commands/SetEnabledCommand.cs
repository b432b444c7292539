using System.Collections.Generic;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary>What <see cref="EnableCommand"/> and <see cref="DisableCommand"/> have in common: all but the state.</summary>
internal abstract class SetEnabledCommand : ItemCommand
{
    private readonly bool enabled;

    protected SetEnabledCommand(string name, string description, bool enabled)
        : base(name, description)
    {
        this.enabled = enabled;
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    protected override void Run(Session session, IReadOnlyList<InstalledItem> items)
    {
        base.Run(session, items);
        session.SaveAndRefresh();
    }

    /// <inheritdoc/>
    protected override void Run(Session session, InstalledItem item)
    {
        string state = enabled ? "enabled" : "disabled";
        InstalledItem changed = session.IsDryRun ? item : session.Store.SetEnabled(item, enabled, session.CancellationToken);
        if (item.Enabled == enabled && item.LastUpdatedAt == changed.LastUpdatedAt)
        {
            OutputItem unchanged = OutputItem.From(changed, "Unchanged");
            session.Output.Result(unchanged, $"Already {state}: {unchanged}");
            return;
        }

        OutputItem result = OutputItem.From(changed, enabled ? "Enabled" : "Disabled") with { Enabled = enabled };
        session.Output.Result(result, session.IsDryRun ? $"Would be {state}: {result}" : $"{result.Status} {result}");
    }
}
