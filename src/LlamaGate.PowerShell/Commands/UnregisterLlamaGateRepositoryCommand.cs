using System.Management.Automation;
using LlamaGate.Feeds;
using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Removes repositories from the home. What came from them stays installed.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "LlamaGateRepository", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Unregister-LlamaGateRepository.md")]
[OutputType("LlamaGate.Feeds.PackageRepository")]
public sealed class UnregisterLlamaGateRepositoryCommand : RepositoryCommand
{
    /// <summary>Starts with no name: it must be given.</summary>
    public UnregisterLlamaGateRepositoryCommand() => base.Name = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RepositoryNameCompleter))]
    public override string[] Name { get => base.Name; set => base.Name = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    /// <summary>Emits the repositories.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        foreach (PackageRepository repository in Find(feeds))
        {
            if (!ShouldProcess($"Repository '{repository.Name}'", "Unregister"))
            {
                continue;
            }

            Attempt(() =>
            {
                PackageRepository removed = feeds.RemoveRepository(repository.Name);
                if (PassThru)
                {
                    WriteObject(removed);
                }
            });
        }
    }
}
