using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Makes the registry agree with the disk, which is the truth; rebuilds a registry that cannot be read.</summary>
[Cmdlet(VerbsData.Sync, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SyncChange))]
public sealed class SyncLlamaGateExtensionCommand : StoreCommand
{
    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override void Process(PackageStore store)
    {
        SyncPlan plan = store.PlanSync(StopToken);
        if (plan.RegistryIsCorrupt && !ShouldProcess(store.Home.RegistryFile, "Move the unreadable registry aside and rebuild it from disk"))
        {
            return;
        }

        foreach (SyncChange change in store.Sync(plan, Approve, StopToken))
        {
            WriteObject(change);
        }
    }

    private bool Approve(SyncChange change) => ShouldProcess($"{change.Type} '{change.Id}'", change.Status switch
    {
        SyncChange.Added => $"Add version {change.Version} to the registry",
        SyncChange.Removed => "Remove from the registry",
        _ => $"Correct in the registry: {change.Reason}",
    });
}
