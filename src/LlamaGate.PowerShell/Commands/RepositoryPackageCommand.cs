using System.Collections.Generic;
using System.Management.Automation;
using LlamaGate.Feeds;
using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Gives the parameters that choose packages of repositories by name, version and repository.</summary>
public abstract class RepositoryPackageCommand : FeedCommand
{
    private bool isVersionGiven;

    private protected RepositoryPackageCommand()
    {
    }

    /// <summary>The names of the packages in the repository.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PackageNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A version, or a range in NuGet's notation; without it the newest.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>The name of a repository, a folder or an address; without it every enabled repository.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RepositoryNameCompleter))]
    public string? Repository { get; set; }

    /// <summary>Takes prerelease versions, too.</summary>
    [Parameter]
    public SwitchParameter Prerelease { get; set; }

    /// <summary>The maximum size of a package, in bytes.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxDownloadBytes { get; set; } = PackageFeeds.DefaultMaxDownloadBytes;

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => isVersionGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Version));

    /// <summary>The packages that are meant. One that does not exist is a separate error.</summary>
    private protected List<FeedPackage> Resolve(PackageFeeds feeds)
    {
        var packages = new List<FeedPackage>();
        foreach (string name in Name)
        {
            // What a search has found is installed as it was found, and not kept at that version for ever.
            var request = new PackageRequest(name, Version, ResolveRepository(Repository), Prerelease, updatesKeepToVersion: isVersionGiven);
            Attempt(() => packages.Add(feeds.Resolve(request, StopToken)));
        }

        return packages;
    }
}
