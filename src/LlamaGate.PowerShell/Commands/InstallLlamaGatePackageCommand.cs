using System.Linq;
using System.Management.Automation;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Installs extensions and agentic modules from repositories.</summary>
[Cmdlet(VerbsLifecycle.Install, "LlamaGatePackage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Install-LlamaGatePackage.md")]
[OutputType(typeof(ImportedItem))]
public sealed class InstallLlamaGatePackageCommand : RepositoryPackageCommand
{
    /// <summary>Installs even what is installed already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Disables the items with their installation.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Does not tell a running gateway.</summary>
    [Parameter]
    public SwitchParameter NoRefresh { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override bool TellsGateway => !NoRefresh;

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        FeedPackage[] approved = [.. Resolve(feeds)
            .Where(package => ShouldProcess($"Package '{package.Name}'", $"Install version {package.Version} from '{package.Repository}'"))];
        foreach (InstallOutcome outcome in feeds.Install(approved, new ImportOptions(force: Force, disabled: Disabled), MaxDownloadBytes, StopToken))
        {
            Report(outcome);
        }
    }
}
