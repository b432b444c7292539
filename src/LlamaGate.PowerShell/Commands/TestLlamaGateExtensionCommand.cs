using System;
using System.Collections.Generic;
using System.Management.Automation;

using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Compares installed items with what was installed. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LlamaGateExtension", HelpUri = HelpPages.Folder + "Test-LlamaGateExtension.md")]
[OutputType(typeof(ItemIntegrity), typeof(bool))]
public sealed class TestLlamaGateExtensionCommand : StoreCommand
{
    /// <summary>The ids of the items; wildcards are allowed. Without it all are compared.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemIdCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <summary>The type of the items; without it both are compared.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    /// <summary>Emits one Boolean for each item.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process(PackageStore store)
    {
        foreach (string id in Id)
        {
            if (TryRead(id) is not { } pattern)
            {
                continue;
            }

            Attempt(() =>
            {
                IReadOnlyList<InstalledItem> items = pattern.IsLiteral
                    ? [store.FindItem(id, ToItemType(Type))]
                    : store.FindItems(pattern.IsMatch, ToItemType(Type));
                foreach (InstalledItem item in items)
                {
                    Attempt(() => Write(store.Verify(item, StopToken)));
                }
            });
        }
    }

    private void Write(ItemIntegrity integrity) =>
        WriteObject(Quiet ? integrity.Status is ItemIntegrity.Intact or ItemIntegrity.Unrecorded : integrity);

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (LlamaGateException failure) when (!ErrorRecords.ConcernsHome(failure))
        {
            WriteError(ErrorRecords.From(failure));
        }
    }
}
