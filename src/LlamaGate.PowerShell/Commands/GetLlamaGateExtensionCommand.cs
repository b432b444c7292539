using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Lists the registered extensions and agentic modules, by type then id. Reads the registry only.</summary>
[Cmdlet(VerbsCommon.Get, "LlamaGateExtension", HelpUri = HelpPages.Folder + "Get-LlamaGateExtension.md")]
[OutputType(typeof(InstalledItem))]
public sealed class GetLlamaGateExtensionCommand : StoreCommand
{
    /// <summary>The ids of the items; wildcards are allowed. Without it all are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemIdCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <summary>The type of the items; without it both are listed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    /// <summary>Lists those that the gateway loads at its next start or refresh.</summary>
    [Parameter]
    public SwitchParameter Enabled { get; set; }

    /// <summary>Lists those that the gateway does not load.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    private protected override void Process(PackageStore store)
    {
        var chosen = new Dictionary<(string Type, string Id), InstalledItem>();
        foreach (string id in Id)
        {
            if (TryRead(id) is not { } pattern)
            {
                continue;
            }

            bool isFound = false;
            foreach (InstalledItem item in pattern.Select(store, ToItemType(Type)))
            {
                isFound = true;
                chosen[(item.Type, item.Id)] = item;
            }

            if (!isFound && pattern.IsLiteral)
            {
                WriteError(ErrorRecords.From(NotRegistered(store, id)));
            }
        }

        IEnumerable<InstalledItem> inOrder = chosen.Values
            .Where(HasAskedState)
            .OrderBy(item => item.Type, StringComparer.Ordinal)
            .ThenBy(item => item.Id, StringComparer.Ordinal);
        WriteObject(inOrder, enumerateCollection: true);
    }

    private static LlamaGateException NotRegistered(PackageStore store, string id) => new(
        ErrorIds.ItemNotFound,
        $"item not found: '{id}' is not in the registry of '{store.Home}'. Get-LlamaGateExtension without -Id lists the registered items.",
        id);

    /// <summary>Neither switch asks for a state, and both ask for either.</summary>
    private bool HasAskedState(InstalledItem item) =>
        Enabled.IsPresent == Disabled.IsPresent || item.Enabled == Enabled.IsPresent;
}
