using System.Collections.Generic;
using System.CommandLine;

namespace LlamaGate.Cli.Help;

/// <summary>A command of <c>llamagate</c>.</summary>
internal abstract class DocumentedCommand : Command, IDocumented
{
    protected DocumentedCommand(string name, string description)
        : base(name, description)
    {
    }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Usages { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Examples { get; }
}
