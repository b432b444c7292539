using System.Linq;
using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Copies the extensions and agentic modules of a legacy directory into the home. The directory is left as it is.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LlamaGateMigration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-LlamaGateMigration.md")]
[OutputType(typeof(MigratedItem))]
public sealed class InvokeLlamaGateMigrationCommand : StoreCommand
{
    /// <summary>The legacy directory; without it <c>extensions</c> and <c>agenticmodules</c> in the current location.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Migrates again where a migration is complete.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not tell a running gateway.</summary>
    [Parameter]
    public SwitchParameter NoRefresh { get; set; }

    /// <summary>Tells a running gateway even of a home that is not its own.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override bool TellsGateway => !NoRefresh;

    private protected override bool IsRefreshAsked => Refresh && !NoRefresh;

    private protected override void Process(PackageStore store)
    {
        string[] folders =
            [.. (Path is null ? PackageStore.DefaultLegacyFolders : [Path]).Select(folder => FileSystemPath.Resolve(SessionState.Path, folder))];
        foreach (MigratedItem item in store.Migrate(folders, Force, checkOnly: IsWhatIf, Approve, StopToken))
        {
            WriteObject(item);
        }
    }

    private bool Approve(ImportPlan plan) =>
        ShouldProcess($"{plan.Type} '{plan.Id}'", $"Migrate version {plan.Version} from '{plan.SourcePath}'");
}
