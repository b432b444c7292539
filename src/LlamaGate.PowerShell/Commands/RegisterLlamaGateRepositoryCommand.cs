using System.Management.Automation;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Registers a NuGet feed as a repository of the home.</summary>
[Cmdlet(VerbsLifecycle.Register, "LlamaGateRepository", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Register-LlamaGateRepository.md")]
[OutputType("LlamaGate.Feeds.PackageRepository")]
public sealed class RegisterLlamaGateRepositoryCommand : FeedCommand
{
    /// <summary>The name of the repository.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>A folder or share, or the address of a feed's index.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = string.Empty;

    /// <summary>What the feed asks of its users.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Allows an address that is not https.</summary>
    [Parameter]
    public SwitchParameter AllowInsecureConnections { get; set; }

    /// <summary>Emits the repository.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        string source = ResolveRepository(Source.IndexOf("://", System.StringComparison.Ordinal) > 0 ? Source : FileSystemPath.Resolve(SessionState.Path, Source))!;
        if (!ShouldProcess($"Repository '{Name}'", $"Register '{source}'"))
        {
            return;
        }

        RepositoryCredential? credential = Credential is null ? null : new(Credential.UserName, Credential.GetNetworkCredential().Password);
        PackageRepository repository = feeds.AddRepository(Name, source, credential, AllowInsecureConnections);
        if (PassThru)
        {
            WriteObject(repository);
        }
    }
}
