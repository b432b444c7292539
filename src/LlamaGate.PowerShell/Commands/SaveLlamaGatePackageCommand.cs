using System.Management.Automation;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Saves packages of repositories to files, for machines that are not connected.</summary>
[Cmdlet(VerbsData.Save, "LlamaGatePackage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Save-LlamaGatePackage.md")]
[OutputType("LlamaGate.Feeds.SavedPackage")]
public sealed class SaveLlamaGatePackageCommand : RepositoryPackageCommand
{
    /// <summary>The folder to save them in.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Replaces files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        string folder = FileSystemPath.Resolve(SessionState.Path, Destination);
        foreach (FeedPackage package in Resolve(feeds))
        {
            if (ShouldProcess($"Package '{package.Name}'", $"Save version {package.Version} from '{package.Repository}' to '{folder}'"))
            {
                Attempt(() => WriteObject(feeds.Save(package, folder, Force, MaxDownloadBytes, StopToken)));
            }
        }
    }
}
