using System.Management.Automation;
using LlamaGate.Feeds;
using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Lists the repositories of the home, in the order in which they are asked.</summary>
[Cmdlet(VerbsCommon.Get, "LlamaGateRepository", HelpUri = HelpPages.Folder + "Get-LlamaGateRepository.md")]
[OutputType("LlamaGate.Feeds.PackageRepository")]
public sealed class GetLlamaGateRepositoryCommand : RepositoryCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RepositoryNameCompleter))]
    public override string[] Name { get => base.Name; set => base.Name = value; }

    private protected override void Process(PackageStore store, PackageFeeds feeds) => WriteObject(Find(feeds), enumerateCollection: true);
}
