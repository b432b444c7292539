using System.Collections.Generic;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate enable</c></summary>
internal sealed class EnableCommand : SetEnabledCommand
{
    public EnableCommand()
        : base("enable", "Enables installed items: the gateway loads them at its next start or refresh.", enabled: true)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate enable [extension|agentic-module] <id>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate enable extension my-ext",
        "llamagate enable agentic-module my-module",
    ];
}
