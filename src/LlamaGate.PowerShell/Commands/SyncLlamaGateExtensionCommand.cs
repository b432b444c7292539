using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Makes the registry agree with the disk, which is the truth; rebuilds a registry that cannot be read.</summary>
[Cmdlet(VerbsData.Sync, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Sync-LlamaGateExtension.md")]
[OutputType(typeof(SyncChange))]
public sealed class SyncLlamaGateExtensionCommand : StoreCommand
{
    /// <summary>Records the checksums of items that are not as they were installed.</summary>
    [Parameter]
    public SwitchParameter AcceptContent { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override void Process(PackageStore store)
    {
        SyncPlan plan = store.PlanSync(StopToken);
        bool mayRebuild = (!plan.RegistryIsCorrupt
            || ShouldProcess(store.Home.RegistryFile, "Keep a copy of the unreadable registry and rebuild it from disk"))
            && (plan.RegistryProblems.Count == 0
            || ShouldProcess(store.Home.RegistryFile, "Rewrite it so that the gateway can read it: " + string.Join("; ", plan.RegistryProblems)));
        if (IsWhatIf)
        {
            Describe(plan);
        }
        else if (mayRebuild)
        {
            WriteObject(store.Sync(plan, Approve, StopToken), enumerateCollection: true);
        }

        if (!plan.RegistryIsCorrupt || (mayRebuild && !IsWhatIf))
        {
            LookAtContent(store);
        }
    }

    // Reads every file of every item, so only who wants to know pays for it.
    private void LookAtContent(PackageStore store)
    {
        if (AcceptContent)
        {
            WriteObject(store.AcceptContent(ApproveContent, StopToken), enumerateCollection: true);
        }
        else if (IsVerbose)
        {
            store.TellDrift(StopToken);
        }
    }

    private bool ApproveContent(SyncChange change) =>
        ShouldProcess($"{change.Type} '{change.Id}'", $"Accept its content: {change.Reason}");

    // The store is not asked to sync: it would complete what an interrupted command left, even if no change is approved.
    private void Describe(SyncPlan plan)
    {
        foreach (SyncChange change in plan.Changes)
        {
            if (change.Status is SyncChange.Skipped)
            {
                WriteObject(change);
            }
            else
            {
                Approve(change);
            }
        }
    }

    private bool Approve(SyncChange change) => ShouldProcess($"{change.Type} '{change.Id}'", change.Status switch
    {
        SyncChange.Added => $"Add version {change.Version} to the registry",
        SyncChange.Removed => "Remove from the registry",
        _ => $"Correct in the registry: {change.Reason}",
    });
}
