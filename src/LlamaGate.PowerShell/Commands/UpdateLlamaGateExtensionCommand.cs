using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LlamaGate.Feeds;
using LlamaGate.PowerShell.Completion;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Updates installed items from the repositories that they came from.</summary>
[Cmdlet(VerbsData.Update, "LlamaGateExtension", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-LlamaGateExtension.md")]
[OutputType("LlamaGate.Feeds.PackageUpdate")]
public sealed class UpdateLlamaGateExtensionCommand : FeedCommand
{
    /// <summary>The ids of the items; wildcards are allowed. Without it all that came from a repository.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemIdCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <summary>The type of the items; without it both.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <summary>Takes prerelease versions, too.</summary>
    [Parameter]
    public SwitchParameter Prerelease { get; set; }

    /// <summary>The maximum size of a package, in bytes.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxDownloadBytes { get; set; } = PackageFeeds.DefaultMaxDownloadBytes;

    /// <summary>Does not tell a running gateway.</summary>
    [Parameter]
    public SwitchParameter NoRefresh { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? HomePath { get; set; }

    private protected override bool TellsGateway => !NoRefresh;

    private protected override void Process(PackageStore store, PackageFeeds feeds)
    {
        var approved = new List<PackageUpdate>();
        foreach (PackageUpdate update in feeds.FindUpdates(FindItems(store), Prerelease, StopToken))
        {
            if (update.Status is not PackageUpdate.Available)
            {
                Report(update);
            }
            else if (ShouldProcess($"{update.Type} '{update.Id}'", $"Update version {update.Version} to {update.AvailableVersion} from '{update.Repository}'"))
            {
                approved.Add(update);
            }
            else if (IsWhatIf)
            {
                WriteObject(update);
            }
        }

        foreach (PackageUpdate update in feeds.Update(approved, MaxDownloadBytes, StopToken))
        {
            Report(update);
        }
    }

    // An item that came from nowhere is worth a word only when it was named.
    private void Report(PackageUpdate update)
    {
        if (update.GetError() is { } failure)
        {
            WriteError(ErrorRecords.From(failure));
        }
        else if (update.Status is not PackageUpdate.NoRepository || Id.Contains(update.Id, System.StringComparer.OrdinalIgnoreCase))
        {
            WriteObject(update);
        }
    }

    private List<InstalledItem> FindItems(PackageStore store)
    {
        IReadOnlyList<InstalledItem> all = store.GetItems(ToItemType(Type));
        var found = new List<InstalledItem>();
        foreach (string id in Id)
        {
            if (TryRead(id) is not { } pattern)
            {
                continue;
            }

            if (pattern.IsLiteral)
            {
                Attempt(() => found.Add(store.FindItem(id, ToItemType(Type))));
            }
            else
            {
                found.AddRange(all.Where(item => pattern.IsMatch(item.Id)));
            }
        }

        return [.. found.GroupBy(item => (item.Type, item.Id)).Select(same => same.First())];
    }
}
