using System.Linq;
using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>
/// Does what a gateway does when it starts: migrates on the first run, syncs, and tells what is loaded from where (contract, section 8).
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "LlamaGateStartup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-LlamaGateStartup.md")]
[OutputType(typeof(StartupReport))]
public sealed class InvokeLlamaGateStartupCommand : StoreCommand
{
    /// <summary>The legacy directory; without it <c>extensions</c> and <c>agenticmodules</c> in the current location, if they are there.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? LegacyPath { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override void Process(PackageStore store)
    {
        if (!ShouldProcess(store.Home.Path, "Migrate legacy items if they were not migrated before, and synchronize the registry") && !IsWhatIf)
        {
            return;
        }

        string[] folders = [.. (LegacyPath is null ? PackageStore.DefaultLegacyFolders : [LegacyPath])
            .Select(folder => FileSystemPath.Resolve(SessionState.Path, folder))];
        StartupReport report = store.Startup(folders, checkOnly: IsWhatIf, StopToken);
        if (LegacyPath is not null && report.LegacyPath is null)
        {
            WriteWarning(StartupReport.NoLegacyDirectory(folders[0]));
        }

        WriteObject(report);
    }
}
