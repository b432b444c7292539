using System.Collections.Generic;
using System.Management.Automation;
using LlamaGate.Feeds;
using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Publishes packages, source folders or installed items to a repository.</summary>
[Cmdlet(VerbsData.Publish, "LlamaGatePackage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpPages.Folder + "Publish-LlamaGatePackage.md")]
[OutputType("LlamaGate.Feeds.PublishedPackage")]
public sealed class PublishLlamaGatePackageCommand : FeedCommand
{
    private const string PathSet = "Path";
    private const string IdSet = "Id";

    /// <summary>The packages: zip files, NuGet packages or folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The ids of installed items.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ItemIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The name of a repository, a folder or an address.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RepositoryNameCompleter))]
    public string Repository { get; set; } = string.Empty;

    /// <summary>The type of the packages or items.</summary>
    [Parameter]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <summary>The package's id in the repository; without it the item's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PackageId { get; set; }

    /// <summary>What the repository asks of publishers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiKey { get; set; }

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        if (ParameterSetName is IdSet)
        {
            foreach (string id in Id)
            {
                Attempt(() =>
                {
                    using UnpackedPackage content = feeds.Open(store.FindItem(id, ToItemType(Type)), StopToken);
                    Publish(feeds, content);
                });
            }

            return;
        }

        foreach (string path in Expand())
        {
            Attempt(() =>
            {
                using UnpackedPackage content = feeds.Open(path, ToItemType(Type), new PackageLimits(), StopToken);
                Publish(feeds, content);
            });
        }
    }

    private void Publish(PackageFeeds feeds, UnpackedPackage content)
    {
        if (ShouldProcess($"{content.Type} '{content.Id}'", $"Publish version {content.Version} to '{Repository}'"))
        {
            WriteObject(feeds.Publish(content, ResolveRepository(Repository)!, PackageId, ApiKey, StopToken));
        }
    }

    private List<string> Expand()
    {
        var paths = new List<string>();
        foreach (string path in Path)
        {
            paths.AddRange(FileSystemPath.Expand(SessionState.Path, path));
        }

        return paths;
    }
}
