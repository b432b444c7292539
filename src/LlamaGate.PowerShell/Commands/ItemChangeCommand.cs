using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Gives <c>-PassThru</c> and <c>-LockTimeoutSeconds</c>, and changes the items that <c>-Id</c> means if the user agrees.</summary>
public abstract class ItemChangeCommand : ItemCommand
{
    private protected ItemChangeCommand()
    {
    }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    /// <summary>Emits the changed items.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Asks a running gateway to discover its extensions again; without it the change takes effect at its next start or refresh.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override bool IsRefreshAsked => Refresh;

    /// <summary>What the change is called to the user who is asked about it.</summary>
    private protected abstract string Action { get; }

    /// <summary>Changes an item.</summary>
    /// <returns>The item to pass through.</returns>
    private protected abstract InstalledItem Change(PackageStore store, InstalledItem item);

    private protected sealed override void Process(PackageStore store, InstalledItem item)
    {
        if (!ShouldProcess(NameOf(item), Action))
        {
            return;
        }

        InstalledItem changed = Change(store, item);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
