using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Copies the extensions and agentic modules of a legacy directory into the home. The directory is left as it is.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LlamaGateMigration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-LlamaGateMigration.md")]
[OutputType(typeof(MigratedItem))]
public sealed class InvokeLlamaGateMigrationCommand : StoreCommand
{
    /// <summary>The legacy directory.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "extensions";

    /// <summary>Migrates again where a migration is complete.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not tell a running gateway.</summary>
    [Parameter]
    public SwitchParameter NoRefresh { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override bool TellsGateway => !NoRefresh;

    private protected override void Process(PackageStore store)
    {
        string folder = FileSystemPath.Resolve(SessionState.Path, Path);
        foreach (MigratedItem item in store.Migrate(folder, Force, checkOnly: IsWhatIf, Approve, StopToken))
        {
            WriteObject(item);
        }
    }

    private bool Approve(ImportPlan plan) =>
        ShouldProcess($"{plan.Type} '{plan.Id}'", $"Migrate version {plan.Version} from '{plan.SourcePath}'");
}
