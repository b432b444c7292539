using System.Collections.Generic;
using System.Management.Automation;

using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Lists the backups of items, newest first. The items themselves may no longer exist.</summary>
[Cmdlet(VerbsCommon.Get, "LlamaGateBackup", HelpUri = HelpPages.Folder + "Get-LlamaGateBackup.md")]
[OutputType(typeof(ItemBackup))]
public sealed class GetLlamaGateBackupCommand : StoreCommand
{
    /// <summary>The ids of the items; wildcards are allowed. Without it all backups are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemIdCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <summary>The type of the items; without it the backups of both are listed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    private protected override void Process(PackageStore store)
    {
        foreach (string id in Id)
        {
            if (TryRead(id) is not { } pattern)
            {
                continue;
            }

            IReadOnlyList<ItemBackup> backups = store.FindBackups(pattern.IsMatch, ToItemType(Type), StopToken);
            WriteObject(backups, enumerateCollection: true);
            if (backups.Count == 0 && pattern.IsLiteral)
            {
                WriteVerbose($"There is no backup of '{id}'.");
            }
        }
    }
}
