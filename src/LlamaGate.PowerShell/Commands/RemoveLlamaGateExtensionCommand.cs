using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Removes installed extensions and agentic modules: files, registry entry, backups and checksums.</summary>
[Cmdlet(VerbsCommon.Remove, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Remove-LlamaGateExtension.md")]
[OutputType(typeof(InstalledItem))]
public sealed class RemoveLlamaGateExtensionCommand : ItemChangeCommand
{
    private protected override string Action => "Remove";

    private protected override InstalledItem Change(PackageStore store, InstalledItem item) => store.Remove(item, StopToken);
}
