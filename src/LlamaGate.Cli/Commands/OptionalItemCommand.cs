using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Completion;

namespace LlamaGate.Cli.Commands;

/// <summary>A command over some items, or all: <c>[extension|agentic-module] [id...]</c></summary>
internal abstract class OptionalItemCommand : StoreCommand
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "The id of an item, or a wildcard such as 'test-*'; several may be given; default: all",
        Arity = ArgumentArity.ZeroOrMore,
    };

    protected OptionalItemCommand(string name, string description)
        : base(name, description)
    {
        ids.CompletionSources.Add(Candidates.Items);
        Arguments.Add(ids);
    }

    /// <inheritdoc/>
    protected sealed override void Run(Session session)
    {
        (ItemType? type, IReadOnlyList<string> given) = ItemWords.Split(session.Line.GetValue(ids) ?? []);
        Run(session, type, given.Count > 0 ? given : ["*"]);
    }

    /// <summary>Does what the command is for.</summary>
    /// <param name="session">The store, the output and the command line of this run.</param>
    /// <param name="type">The kind; null for both.</param>
    /// <param name="ids">The ids or wildcards; at least one.</param>
    protected abstract void Run(Session session, ItemType? type, IReadOnlyList<string> ids);
}
