using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Completion;

namespace LlamaGate.Cli.Commands;

/// <summary>A command over installed items: <c>[extension|agentic-module] &lt;id&gt;...</c></summary>
internal abstract class ItemCommand : StoreCommand
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "The id of an installed item, or a wildcard such as 'test-*'; several may be given",
        Arity = ArgumentArity.OneOrMore,
    };

    protected ItemCommand(string name, string description)
        : base(name, description)
    {
        ids.Validators.Add(result =>
        {
            if (ItemWords.Split(result.GetValueOrDefault<string[]>() ?? []).Others.Count == 0)
            {
                result.AddError($"'{name}' needs the id of an item, such as 'llamagate {name} extension my-ext'.");
            }
        });
        ids.CompletionSources.Add(Candidates.Items);
        Arguments.Add(ids);
        Options.Add(CommonOptions.DryRun);
    }

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        (ItemType? type, IReadOnlyList<string> rest) = ItemWords.Split(session.Line.GetRequiredValue(ids));
        Run(session, session.Find(rest, type));
    }

    /// <summary>Does what the command is for, to every item.</summary>
    protected virtual void Run(Session session, IReadOnlyList<InstalledItem> items)
    {
        foreach (InstalledItem item in items)
        {
            session.Attempt(() => Run(session, item));
        }
    }

    /// <summary>Does what the command is for, to one item.</summary>
    protected abstract void Run(Session session, InstalledItem item);
}
