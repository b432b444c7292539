using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Disables installed extensions and agentic modules: the gateway drops them at its next start or refresh.</summary>
[Cmdlet(VerbsLifecycle.Disable, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Disable-LlamaGateExtension.md")]
[OutputType(typeof(InstalledItem))]
public sealed class DisableLlamaGateExtensionCommand : ItemChangeCommand
{
    private protected override string Action => "Disable";

    private protected override InstalledItem Change(PackageStore store, InstalledItem item) =>
        store.SetEnabled(item, enabled: false, StopToken);
}
