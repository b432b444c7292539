using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlamaGate.Feeds;
using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Finds packages of extensions and agentic modules in repositories.</summary>
[Cmdlet(VerbsCommon.Find, "LlamaGatePackage", HelpUri = HelpPages.Folder + "Find-LlamaGatePackage.md")]
[OutputType("LlamaGate.Feeds.FeedPackage")]
public sealed class FindLlamaGatePackageCommand : FeedCommand
{
    /// <summary>The names of the packages; wildcards are allowed. Without it all are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PackageNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>A version, or a range in NuGet's notation.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>The name of a repository, a folder or an address; without it every enabled repository.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RepositoryNameCompleter))]
    public string? Repository { get; set; }

    /// <summary>Lists every version that fits, not the newest alone.</summary>
    [Parameter]
    public SwitchParameter AllVersions { get; set; }

    /// <summary>Lists prerelease versions, too.</summary>
    [Parameter]
    public SwitchParameter Prerelease { get; set; }

    private readonly List<string> found = [];

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        foreach (string name in Name)
        {
            var request = new PackageRequest(name, Version, ResolveRepository(Repository), Prerelease);
            Attempt(() =>
            {
                IReadOnlyList<FeedPackage> packages = feeds.Find(request, AllVersions, StopToken);
                found.AddRange(packages.Select(package => package.Name));
                PackageNameCompleter.Remember(found);
                WriteObject(packages, enumerateCollection: true);
            });
        }
    }
}
