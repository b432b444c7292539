using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Reads what is in packages: what the manifests say, and every file with its hash.</summary>
[Cmdlet(VerbsCommon.Get, "LlamaGatePackage", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Folder + "Get-LlamaGatePackage.md")]
[OutputType(typeof(PackageDetails))]
public sealed class GetLlamaGatePackageCommand : PackageCommand
{
    private protected override void Process(PackageAuthoring authoring, string path, ItemType? type) =>
        WriteObject(authoring.Inspect(path, type, StopToken));
}
