using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Installs extensions and agentic modules from packages: zip files or folders.</summary>
[Cmdlet(VerbsData.Import, "LlamaGatePackage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpPages.Folder + "Import-LlamaGatePackage.md")]
[OutputType(typeof(ImportedItem))]
public sealed class ImportLlamaGatePackageCommand : StoreCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UriSet = "Uri";

    /// <summary>The packages; wildcards are allowed. A path that exists as it is written is no wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The packages, taken as they are written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The addresses of packages to download: https, or this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Uri[] Uri { get; set; } = [];

    /// <summary>The SHA-256 that the download must have.</summary>
    [Parameter(ParameterSetName = UriSet, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^\\s*[0-9a-fA-F]{64}\\s*$")]
    public string? Sha256 { get; set; }

    /// <summary>The maximum size of a download, in bytes.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxDownloadBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>The type that the packages must have; without it each package tells.</summary>
    [Parameter]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <summary>Installs even what is installed already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Disables the items with their import, also those that are unchanged.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Does not tell a running gateway.</summary>
    [Parameter]
    public SwitchParameter NoRefresh { get; set; }

    /// <summary>The number of previous versions of each item to keep; without it what <c>$env:LLAMAGATE_BACKUP_COUNT</c> says, else two.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int BackupCount { get; set; } = PackageLimits.DefaultBackupCount;

    /// <summary>Tells a running gateway even of a home that is not its own.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>The maximum number of entries in a package.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxEntryCount { get; set; } = PackageLimits.DefaultMaxEntryCount;

    /// <summary>The maximum total size of the unpacked files of a package, in bytes.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxUnpackedBytes { get; set; } = PackageLimits.DefaultMaxUnpackedBytes;

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public override int LockTimeoutSeconds { get => base.LockTimeoutSeconds; set => base.LockTimeoutSeconds = value; }

    private protected override bool TellsGateway => !NoRefresh;

    private protected override bool IsRefreshAsked => Refresh && !NoRefresh;

    private protected override void Process(PackageStore store)
    {
        bool isNamed = MyInvocation.BoundParameters.ContainsKey(nameof(BackupCount)); // Else the environment decides.
        var options = new ImportOptions(ToItemType(Type), Force, IsWhatIf, new PackageLimits(MaxEntryCount, MaxUnpackedBytes), Disabled, isNamed ? BackupCount : null);
        if (ParameterSetName is UriSet)
        {
            Download(store, options);
            return;
        }

        bool areLiteral = ParameterSetName is LiteralPathSet;
        IReadOnlyList<string> packages = PackagePaths.Find(this, areLiteral ? LiteralPath : Path, areLiteral);
        foreach (ImportOutcome outcome in store.Import(packages, options, Approve, StopToken))
        {
            if (outcome.Error is { } failure)
            {
                Report(failure);
            }
            else
            {
                WriteObject(outcome.Item);
            }
        }
    }

    // Apart, so that what downloads is loaded for a download alone. What is not downloaded cannot be checked: -WhatIf says no more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Download(PackageStore store, ImportOptions options)
    {
        Uri[] approved = Array.FindAll(Uri, address => ShouldProcess(
            address.IsAbsoluteUri ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : address.OriginalString,
            "Download and install"));
        using var feeds = new PackageFeeds(store, Log);
        foreach (InstallOutcome outcome in feeds.InstallFrom(approved, Sha256, options, MaxDownloadBytes, StopToken))
        {
            if (outcome.Error is { } failure)
            {
                Report(failure);
            }
            else
            {
                WriteObject(outcome.Item);
            }
        }
    }

    /// <summary>A failure of one package leaves the others their turn; one of the home ends the work in it.</summary>
    private void Report(LlamaGateException failure)
    {
        if (ErrorRecords.ConcernsHome(failure))
        {
            throw failure;
        }

        WriteError(ErrorRecords.From(failure));
    }

    private bool Approve(ImportPlan plan) =>
        ShouldProcess($"{plan.Type} '{plan.Id}'", Describe(plan) + (plan.Disables ? " and disable it" : string.Empty));

    private static string Describe(ImportPlan plan) => plan.Status switch
    {
        ImportedItem.Unchanged => $"Leave version {plan.Version} unchanged",
        ImportedItem.Updated when string.Equals(plan.PreviousVersion, plan.Version, StringComparison.Ordinal) => $"Reinstall version {plan.Version}",
        ImportedItem.Updated => $"Update version {plan.PreviousVersion} to {plan.Version}",
        ImportedItem.Downgraded => $"Downgrade version {plan.PreviousVersion} to {plan.Version}",
        _ => $"Install version {plan.Version}",
    };
}
