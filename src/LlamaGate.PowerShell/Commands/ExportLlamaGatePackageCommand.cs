using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Writes installed extensions and agentic modules as packages, which other homes can import.</summary>
[Cmdlet(VerbsData.Export, "LlamaGatePackage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Export-LlamaGatePackage.md")]
[OutputType(typeof(ExportedPackage))]
public sealed class ExportLlamaGatePackageCommand : ItemCommand
{
    private readonly HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zip file to write, or the folder to write <c>&lt;id&gt;-&lt;version&gt;.zip</c> in.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Overwrites a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(PackageStore store, InstalledItem item)
    {
        string path = PackageStore.GetExportPath(item, FileSystemPath.Resolve(SessionState.Path, Destination));
        if (IsWhatIf)
        {
            store.CheckExport(item, path, Force, StopToken);
        }

        if (!ShouldProcess(NameOf(item), $"Export version {item.Version} to '{path}'"))
        {
            return;
        }

        if (!written.Add(path))
        {
            throw new LlamaGateException(
                ErrorIds.DestinationExists,
                $"This command has already written a package to '{path}'. To export several items, specify a folder as -Destination: an "
                    + "existing folder, or a path that ends with a separator.",
                path);
        }

        WriteObject(store.Export(item, path, Force, StopToken));
    }
}
