using System.Collections.Generic;
using System.Management.Automation;

using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Gives <c>-Id</c> and <c>-Type</c>, by hand or from items in the pipeline, and the items that they mean, one at a time.</summary>
public abstract class ItemCommand : StoreCommand
{
    private protected ItemCommand()
    {
    }

    /// <summary>The ids of the items; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The type of the items: only needed where an extension and an agentic module share an id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    private protected sealed override void Process(PackageStore store)
    {
        foreach (string id in Id)
        {
            foreach (InstalledItem item in Find(store, id))
            {
                try
                {
                    Process(store, item);
                }
                catch (LlamaGateException failure) when (!ErrorRecords.ConcernsHome(failure))
                {
                    WriteError(ErrorRecords.From(failure));
                }
            }
        }
    }

    /// <summary>Does the work for one item. A failure is that item's error.</summary>
    private protected abstract void Process(PackageStore store, InstalledItem item);

    /// <summary>How an item is named to the user who is asked about it.</summary>
    /// <returns>Its type and id.</returns>
    private protected static string NameOf(InstalledItem item) => $"{item.Type} '{item.Id}'";

    private IReadOnlyList<InstalledItem> Find(PackageStore store, string id)
    {
        if (TryRead(id) is not { } pattern)
        {
            return [];
        }

        try
        {
            return pattern.IsLiteral
                ? [store.FindItem(id, ToItemType(Type))]
                : store.FindItems(pattern.IsMatch, ToItemType(Type));
        }
        catch (LlamaGateException failure) when (!ErrorRecords.ConcernsHome(failure))
        {
            WriteError(ErrorRecords.From(failure));
            return [];
        }
    }
}
