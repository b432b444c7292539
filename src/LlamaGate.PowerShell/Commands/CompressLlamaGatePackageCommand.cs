using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Packs source folders into packages: zip files with checksums, the same bytes for the same content.</summary>
[Cmdlet(VerbsData.Compress, "LlamaGatePackage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpPages.Folder + "Compress-LlamaGatePackage.md")]
[OutputType(typeof(ExportedPackage))]
public sealed class CompressLlamaGatePackageCommand : PackageCommand
{
    private readonly HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zip file to write, or the folder to write <c>&lt;id&gt;-&lt;version&gt;.zip</c> in.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Overwrites a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(PackageAuthoring authoring, string path, ItemType? type)
    {
        ExportedPackage? package = authoring.Pack(
            path, FileSystemPath.Resolve(SessionState.Path, Destination), type, Force, Approve, StopToken);
        if (package is not null)
        {
            WriteObject(package);
        }
    }

    private bool Approve(ExportedPackage package)
    {
        if (!ShouldProcess($"{package.Type} '{package.Id}'", $"Pack version {package.Version} into '{package.Path}'"))
        {
            return false;
        }

        return written.Add(package.Path)
            ? true
            : throw new LlamaGateException(
                ErrorIds.DestinationExists,
                $"This command has already written a package to '{package.Path}'. To pack several folders, specify a folder as "
                    + "-Destination: an existing folder, or a path that ends with a separator.",
                package.Path);
    }
}
