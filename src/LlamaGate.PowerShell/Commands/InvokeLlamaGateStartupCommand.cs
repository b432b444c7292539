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
    /// <summary>The legacy directory; one that is not there holds no items.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string LegacyPath { get; set; } = "extensions";

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override void Process(PackageStore store)
    {
        if (ShouldProcess(store.Home.Path, "Migrate legacy items if that was not done, and synchronize the registry") || IsWhatIf)
        {
            WriteObject(store.Startup(FileSystemPath.Resolve(SessionState.Path, LegacyPath), checkOnly: IsWhatIf, StopToken));
        }
    }
}
