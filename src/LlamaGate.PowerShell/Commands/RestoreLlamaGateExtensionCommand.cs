using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Makes a backup the installed version; the version that it replaces becomes a backup.</summary>
[Cmdlet(VerbsData.Restore, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Restore-LlamaGateExtension.md")]
[OutputType(typeof(ImportedItem))]
public sealed class RestoreLlamaGateExtensionCommand : StoreCommand
{
    private bool isNamed;

    /// <summary>The ids of the items; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BackupCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The type of the items: only needed where an extension and an agentic module share an id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <summary>The name of the backup; without it the newest.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BackupCompleter))]
    public string? BackupName { get; set; }

    /// <summary>Does not tell a running gateway.</summary>
    [Parameter]
    public SwitchParameter NoRefresh { get; set; }

    /// <summary>Tells a running gateway even of a home that is not its own.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => isNamed = MyInvocation.BoundParameters.ContainsKey(nameof(BackupName));

    private protected override bool TellsGateway => !NoRefresh;

    private protected override bool IsRefreshAsked => Refresh && !NoRefresh;

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
                foreach (ItemBackup backup in Find(store, id, pattern))
                {
                    Attempt(() => Restore(store, backup));
                }
            });
        }
    }

    private IEnumerable<ItemBackup> Find(PackageStore store, string id, IdPattern pattern)
    {
        // An item in the pipeline has a name, too, and means its newest backup.
        string? name = isNamed || ItemBackup.IsName(BackupName) ? BackupName : null;
        return pattern.IsLiteral
            ? [store.FindBackup(id, ToItemType(Type), name, StopToken)]
            : store.FindBackups(pattern.IsMatch, ToItemType(Type), StopToken)
                .Where(backup => name is null || string.Equals(backup.Name, name, StringComparison.Ordinal))
                .GroupBy(backup => (backup.Type, backup.Id))
                .Select(backups => backups.First());
    }

    private void Restore(PackageStore store, ItemBackup backup)
    {
        ImportedItem? item = store.Restore(backup, plan => Approve(plan, backup.Name), StopToken);
        if (item is not null)
        {
            WriteObject(item);
        }
    }

    private bool Approve(ImportPlan plan, string backup) => ShouldProcess(
        $"{plan.Type} '{plan.Id}'",
        $"Restore version {plan.Version} from the backup {backup}" + (plan.PreviousVersion is null ? string.Empty : $", replacing version {plan.PreviousVersion}"));

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
