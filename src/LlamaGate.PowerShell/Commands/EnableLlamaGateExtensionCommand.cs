using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Enables installed extensions and agentic modules: the gateway loads them at its next start or refresh.</summary>
[Cmdlet(VerbsLifecycle.Enable, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Enable-LlamaGateExtension.md")]
[OutputType(typeof(InstalledItem))]
public sealed class EnableLlamaGateExtensionCommand : ItemChangeCommand
{
    private protected override string Action => "Enable";

    private protected override InstalledItem Change(PackageStore store, InstalledItem item) =>
        store.SetEnabled(item, enabled: true, StopToken);
}
