using System.Collections.Generic;

namespace LlamaGate.Cli.Help;

/// <summary>A command that says in its help how it is used.</summary>
internal interface IDocumented
{
    /// <summary>The shapes of its command line.</summary>
    IReadOnlyList<string> Usages { get; }

    /// <summary>Command lines that work.</summary>
    IReadOnlyList<string> Examples { get; }
}
