using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Gives <c>-Path</c>, <c>-LiteralPath</c>, <c>-Type</c> and the limits, and the packages that they mean, one at a time.</summary>
public abstract class PackageCommand : AuthoringCommand
{
    /// <summary>The parameter set of <see cref="Path"/>.</summary>
    private protected const string PathSet = "Path";

    private const string LiteralPathSet = "LiteralPath";

    private protected PackageCommand()
    {
    }

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

    /// <summary>The type that the packages must have; without it each package tells.</summary>
    [Parameter]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string? Type { get; set; }

    /// <summary>The maximum number of entries in a package.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxEntryCount { get; set; } = PackageLimits.DefaultMaxEntryCount;

    /// <summary>The maximum total size of the unpacked files of a package, in bytes.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxUnpackedBytes { get; set; } = PackageLimits.DefaultMaxUnpackedBytes;

    private protected sealed override void Process()
    {
        bool areLiteral = ParameterSetName is LiteralPathSet;
        PackageAuthoring authoring = Open(new PackageLimits(MaxEntryCount, MaxUnpackedBytes));
        ItemType? type = ItemTypes.TryParse(Type, out ItemType named) ? named : null;
        foreach (string path in PackagePaths.Find(this, areLiteral ? LiteralPath : Path, areLiteral))
        {
            Attempt(() => Process(authoring, path, type));
        }
    }

    /// <summary>Does the work for one package.</summary>
    /// <param name="authoring">The door to packages.</param>
    /// <param name="path">The full path of the package.</param>
    /// <param name="type">The type that it must have; null to tell from the package.</param>
    private protected abstract void Process(PackageAuthoring authoring, string path, ItemType? type);
}
