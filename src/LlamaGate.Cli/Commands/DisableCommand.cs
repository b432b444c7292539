using System.Collections.Generic;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate disable</c></summary>
internal sealed class DisableCommand : SetEnabledCommand
{
    public DisableCommand()
        : base("disable", "Disables installed items: the gateway drops them at its next start or refresh.", enabled: false)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate disable [extension|agentic-module] <id>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate disable extension my-ext",
        "llamagate disable agentic-module my-module",
    ];
}
